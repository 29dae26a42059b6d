using System.Text;
using Microsoft.Extensions.AI;
using Support.Models;
using Support.Simulation.Models;

namespace Support.Tests.OpenAi;

/// <summary>What goes out and what comes back when nothing is wrong.</summary>
public sealed class ModelCallTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_chat_is_asked_with_the_key_and_model_that_are_set_and_its_tokens_are_counted()
    {
        await using var desk = await ModelDesk.OpenAsync(("Prices:0:Model", "chat-1"), ("Prices:0:Prompt", "0.15"), ("Prices:0:Cached", "0.075"), ("Prices:0:Completion", "0.6"));
        desk.Server.Scripts.Add(_ => new ModelReply("Two years.") { CachedTokens = 4 });

        var answer = await desk.Models.Chat(ModelRole.Answer, desk.Use).GetResponseAsync("How long is the warranty?", cancellationToken: Cancellation);

        Assert.Equal("Two years.", answer.Text);
        var request = Assert.Single(desk.Server.Requests);
        Assert.Equal((ModelDesk.Key, "chat-1", "How long is the warranty?"), (request.Key, request.Model, request.Asked));
        Assert.False(request.Body.TryGetProperty("temperature", out _));
        var call = Assert.Single(desk.Use.Calls);
        Assert.Equal((ModelRole.Answer, "chat-1", 4, null), (call.Role, call.Model, call.CachedTokens, call.Failure));
        Assert.Equal((((call.PromptTokens - 4) * .15m) + (4 * .075m) + (call.CompletionTokens * .6m)) / 1_000_000m, call.Cost);
        Assert.True(call is { PromptTokens: > 4, CompletionTokens: > 0, Cost: > 0 });
    }

    [Fact]
    public async Task Structured_output_is_asked_for_strictly()
    {
        await using var desk = await ModelDesk.OpenAsync(("Temperature", "0.2"));
        desk.Server.Scripts.ForSchema("reply", _ => """{"answer":"Two years.","citations":[1]}""");

        var answer = await desk.Models.Chat(ModelRole.Answer, desk.Use).GetResponseAsync("How long is the warranty?", ModelPaths.AsJson, Cancellation);

        Assert.Equal("""{"answer":"Two years.","citations":[1]}""", answer.Text);
        var request = Assert.Single(desk.Server.Requests);
        Assert.Equal("reply", request.SchemaName);
        Assert.True(request.Body.GetProperty("response_format").GetProperty("json_schema").GetProperty("strict").GetBoolean());
        Assert.Equal(.2, request.Body.GetProperty("temperature").GetDouble(), 3);
    }

    [Fact]
    public async Task A_stream_gives_its_words_one_after_another_and_counts_its_tokens()
    {
        await using var desk = await ModelDesk.OpenAsync();
        desk.Server.Scripts.Add(_ => "The warranty is two years.");

        var parts = new List<string>();
        await foreach (var update in desk.Models.Chat(ModelRole.Answer, desk.Use).GetStreamingResponseAsync("How long is the warranty?", cancellationToken: Cancellation))
            if (update.Text.Length > 0)
                parts.Add(update.Text);

        Assert.Equal(["The", " warranty", " is", " two", " years."], parts);
        Assert.True(Assert.Single(desk.Use.Calls) is { Failure: null, PromptTokens: > 0, CompletionTokens: > 0 });
    }

    [Fact]
    public async Task Whoever_stops_reading_a_stream_frees_its_place_and_pays_for_what_came()
    {
        await using var desk = await ModelDesk.OpenAsync(("MaxConcurrent", "1"));
        desk.Server.Scripts.Add(_ => "The warranty is two years.");

        for (var i = 0; i < 3; i++)
        {
            await foreach (var update in desk.Models.Chat(ModelRole.Answer, desk.Use).GetStreamingResponseAsync("How long is the warranty?", cancellationToken: Cancellation))
                if (update.Text.Length > 0)
                    break;
        }

        Assert.Equal(3, desk.Use.Calls.Count);
        Assert.All(desk.Use.Calls, call => Assert.True(call is { Failure: null, PromptTokens: > 0 }));
    }

    [Fact]
    public async Task Embeddings_have_the_length_that_is_set_and_near_texts_are_near()
    {
        await using var desk = await ModelDesk.OpenAsync(("Dimensions", "128"));

        var vectors = await desk.Models.Embeddings(desk.Use).GenerateAsync(["How long is the warranty?", "the length of the warranty", "Where is my parcel"], cancellationToken: Cancellation);

        Assert.All(vectors, vector => Assert.Equal(128, vector.Vector.Length));
        Assert.True(Near(vectors[0], vectors[1]) > Near(vectors[0], vectors[2]));
        Assert.True(Assert.Single(desk.Use.Calls) is { Role: ModelRole.Embedding, Model: "embed-1", PromptTokens: > 0, CompletionTokens: 0 });
        Assert.Empty(await desk.Models.Embeddings(desk.Use).GenerateAsync([], cancellationToken: Cancellation));
    }

    [Fact]
    public async Task The_scripted_server_tells_probabilities_to_the_real_sdk()
    {
        await using var desk = await ModelDesk.OpenAsync();
        desk.Server.Scripts.Add(_ => new ModelReply("yes") { TopTokens = [("yes", -.1), ("no", -2.4)] });
        var client = new OpenAI.Chat.ChatClient("chat-1", new System.ClientModel.ApiKeyCredential(ModelDesk.Key), new OpenAI.OpenAIClientOptions { Endpoint = new Uri(desk.ServerUrl, "v1") });

        var reply = (await client.CompleteChatAsync([OpenAI.Chat.ChatMessage.CreateUserMessage("Is it?")], new OpenAI.Chat.ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = 2 }, Cancellation)).Value;

        Assert.Equal([("yes", -.1f), ("no", -2.4f)], Assert.Single(reply.ContentTokenLogProbabilities).TopLogProbabilities.Select(one => (one.Token, one.LogProbability)));
    }

    [Theory]
    [InlineData("Jina", "{0}", "/v1/rerank")]
    [InlineData("Jina", "{0}v1", "/v1/rerank")]
    [InlineData("Jina", "{0}v1/rerank", "/v1/rerank")]
    [InlineData("Tei", "{0}", "/rerank")]
    public async Task Scores_of_a_rerank_endpoint_are_in_the_order_of_the_texts(string dialect, string url, string path)
    {
        await using var desk = await ModelDesk.OpenAsync(("RerankEndpoint:Dialect", dialect), ("RerankEndpoint:Url", url), ("RerankEndpoint:Model", "rank-1"));

        Assert.True(desk.Models.HasRerankEndpoint);
        var scores = await desk.Models.RerankAsync("length of the warranty", ["delivery takes a week", "the warranty is two years", "nothing"], desk.Use, Cancellation);

        Assert.Equal(3, scores.Count);
        Assert.Equal(scores[1], scores.Max());
        var request = Assert.Single(desk.Server.Requests);
        Assert.Equal((path, ModelDesk.Key), (request.Path, request.Key));
        Assert.Equal(dialect == "Jina" ? "rank-1" : null, request.Model);
        Assert.True(Assert.Single(desk.Use.Calls) is { Role: ModelRole.Rerank, Model: "rank-1", PromptTokens: > 0 });
    }

    [Fact]
    public async Task Speech_is_sent_with_its_name_and_language()
    {
        await using var desk = await ModelDesk.OpenAsync();

        Assert.Equal("Где моя посылка?", await desk.Models.TranscribeAsync(Encoding.UTF8.GetBytes("Где моя посылка?"), "voice.ogg", "ru", desk.Use, Cancellation));
        var request = Assert.Single(desk.Server.Requests);
        Assert.Equal(("voice.ogg", "ru", "hear-1"), (request.FileName, request.Language, request.Model));
    }

    [Fact]
    public async Task A_picture_goes_to_the_model_that_sees()
    {
        await using var desk = await ModelDesk.OpenAsync();
        byte[] png = [0x89, 0x50, 0x4E, 0x47];

        await desk.Models.Chat(ModelRole.Picture, desk.Use).GetResponseAsync([new ChatMessage(ChatRole.User, [new TextContent("What does it say?"), new DataContent(png, "image/png")])], cancellationToken: Cancellation);

        var request = Assert.Single(desk.Server.Requests);
        Assert.Equal(("see-1", 1), (request.Model, request.Messages[0].Images));
    }

    [Fact]
    public async Task What_is_not_set_is_not_there()
    {
        await using var desk = await ModelDesk.OpenAsync(("Picture:Model", null), ("Rerank:Model", "none"), ("RerankEndpoint:Url", null));

        Assert.True(desk.Models.Has(ModelRole.Answer));
        Assert.Equal("chat-1", desk.Models.NameOf(ModelRole.Rewrite));
        Assert.False(desk.Models.Has(ModelRole.Picture) || desk.Models.Has(ModelRole.Rerank) || desk.Models.HasRerankEndpoint);
        Assert.Equal(ModelFailure.NotConfigured, Assert.Throws<ModelException>(() => desk.Models.Chat(ModelRole.Rerank, desk.Use)).Failure);
        Assert.Equal(ModelFailure.NotConfigured, (await Assert.ThrowsAsync<ModelException>(() => desk.Models.RerankAsync("q", ["t"], desk.Use, Cancellation))).Failure);
    }

    private static double Near(Embedding<float> one, Embedding<float> other) => TextVector.Cosine(one.Vector.ToArray(), other.Vector.ToArray());
}
