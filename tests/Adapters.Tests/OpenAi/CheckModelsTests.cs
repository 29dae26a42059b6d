using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Support.Contracts;
using Support.Models;
using Support.OpenAi;
using Support.Simulation.Models;

namespace Support.Tests.OpenAi;

/// <summary>What the start says about models, and that it stops nothing.</summary>
public sealed class CheckModelsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_all_is_right_each_model_is_asked_once()
    {
        await using var desk = await OpenAsync();
        await CheckAsync(desk, "answers");

        Assert.Equal(["chat-1", "embed-1", "hear-1", "see-1"], desk.Server.Requests.Select(request => request.Model).OfType<string>().Order());
        Assert.Equal("/v1/rerank", Assert.Single(desk.Server.Asked(ModelCallKind.Rerank)).Path);
        Assert.Empty(desk.Log.Errors);
        Assert.True(desk.Models.Has(ModelRole.Answer));
        Assert.Empty(desk.Use.Calls);
    }

    [Fact]
    public async Task A_wrong_key_is_one_line_that_says_which_setting_and_not_which_key()
    {
        await using var desk = await OpenAsync(("RerankEndpoint:Url", null));
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.WrongKey));
        await CheckAsync(desk, "Set ");

        var line = Assert.Single(desk.Log.Errors);
        Assert.Contains("refuses the key (401, invalid_api_key). Set Support__Models__Key (or OPENAI_API_KEY)", line, StringComparison.Ordinal);
        Assert.Contains("Answer, Rerank, Rewrite, Embedding, Transcription, Picture", line, StringComparison.Ordinal);
        Assert.DoesNotContain(ModelDesk.Key[..10], desk.Log.All, StringComparison.Ordinal);
        Assert.DoesNotContain(ModelDesk.Key[^10..], desk.Log.All, StringComparison.Ordinal);
        Assert.False(desk.Models.Has(ModelRole.Answer));
        Assert.Equal(ModelFailure.Misconfigured, (await Assert.ThrowsAsync<ModelException>(() => ModelPath.Chat.CallAsync(desk, Cancellation))).Failure);
    }

    [Fact]
    public async Task A_wrong_model_names_its_setting_and_leaves_the_others_alone()
    {
        await using var desk = await OpenAsync(("Rerank:Model", "chat-9"));
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.WrongModel) { When = request => request.Model == "chat-9" });
        await CheckAsync(desk, "Set ");

        Assert.Contains("has no model chat-9 (404, model_not_found). Set Support__Models__Rerank__Model to a model that is loaded there", Assert.Single(desk.Log.Errors), StringComparison.Ordinal);
        Assert.True(desk.Models.Has(ModelRole.Answer));
        Assert.False(desk.Models.Has(ModelRole.Rerank));
    }

    [Theory]
    [InlineData("{0}", "Set Support__Models__Endpoint (or OPENAI_API_BASE) to the address up to and with /v1.")]
    [InlineData("{0}v2", "Set Support__Models__Endpoint (or OPENAI_API_BASE) to the address up to and with /v1.")]
    [InlineData("http://127.0.0.1:1/v1", "cannot be reached (ConnectionError). Check Support__Models__Endpoint")]
    public async Task A_wrong_endpoint_names_its_setting(string endpoint, string advice)
    {
        await using var desk = await OpenAsync(("Endpoint", endpoint), ("RerankEndpoint:Url", null));
        await CheckAsync(desk, advice);

        Assert.Single(desk.Log.All.Split('\n'), line => line.Contains(advice, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_refused_is_asked_again_after_a_while()
    {
        await using var desk = await OpenAsync(("Embedding:Model", null), ("Transcription:Model", null), ("Picture:Model", null), ("RerankEndpoint:Url", null));
        desk.Server.Misbehaviours.Next(Trouble.WrongModel, 2);
        var check = Check(desk);
        await check.StartAsync(Cancellation);
        var pause = await desk.Clock.ArmedAsync(TimeSpan.FromMinutes(5));
        Assert.False(desk.Models.Has(ModelRole.Answer));
        desk.Clock.Advance(pause);
        pause = await desk.Clock.ArmedAsync(TimeSpan.FromMinutes(5));
        Assert.Single(desk.Log.Errors);
        desk.Clock.Advance(pause);

        await Eventually.HoldsAsync(() => desk.Models.Has(ModelRole.Answer), "the model is used again");
        await check.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_role_with_a_fallback_goes_on_with_that()
    {
        await using var desk = await OpenAsync(("FallbackEndpoint", "{1}v1"), ("FallbackModel", "chat-2"), ("Embedding:Model", null), ("Transcription:Model", null), ("Picture:Model", null));
        desk.Server.Misbehaviours.Add(new Misbehaviour(Trouble.WrongModel));
        await CheckAsync(desk, "chat-2");
        await Eventually.HoldsAsync(() => desk.Log.Errors.Count > 0, "the first one's trouble is told");

        Assert.True(desk.Models.Has(ModelRole.Answer));
        var before = desk.Server.Requests.Count;
        Assert.NotEqual("", await ModelPath.Chat.CallAsync(desk, Cancellation));
        Assert.Equal(before, desk.Server.Requests.Count);
    }

    [Fact]
    public async Task A_key_without_a_model_says_to_set_one()
    {
        await using var desk = await OpenAsync(("Model", null), ("Embedding:Model", null), ("Transcription:Model", null), ("Picture:Model", null), ("RerankEndpoint:Url", null));
        await CheckAsync(desk, "Set OPENAI_MODEL (or Support__Models__Model)");

        Assert.False(desk.Models.Has(ModelRole.Answer));
        Assert.Empty(desk.Server.Requests);
    }

    [Fact]
    public async Task OpenAI_itself_wants_a_key_and_is_not_asked_without()
    {
        await using var desk = await OpenAsync(("Endpoint", null), ("Key", null), ("RerankEndpoint:Url", null));
        await CheckAsync(desk, "Support__Models__Key is not set. Set it (or OPENAI_API_KEY)");

        Assert.False(desk.Models.Has(ModelRole.Answer));
    }

    private static Task<ModelDesk> OpenAsync(params (string Name, string? Value)[] settings) => ModelDesk.OpenAsync(services => services.AddSingleton<CheckModels>(), settings);

    private static BackgroundService Check(ModelDesk desk) => desk.Services.GetRequiredService<CheckModels>();

    private static async Task CheckAsync(ModelDesk desk, string until)
    {
        var check = Check(desk);
        await check.StartAsync(Cancellation);
        await Eventually.HoldsAsync(() => desk.Log.All.Contains(until, StringComparison.Ordinal), $"the log says \"{until}\"");
        await check.StopAsync(Cancellation);
    }
}
