using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Support.Simulation.Models;
using Xunit;

namespace Support.Tests.Simulation;

/// <summary>The scripted model server as any client sees it.</summary>
public sealed class ScriptedModelTests : IAsyncLifetime
{
    private readonly HttpClient _http = new(new SocketsHttpHandler());
    private RunningScriptedModels _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ScriptedModelHost.StartAsync(new ScriptedModelOptions { Key = "right", Models = ["one", "two"], Seed = 7 }, "http://127.0.0.1:0", Cancellation);
        _http.BaseAddress = _server.BaseUrl;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "right");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task It_lists_its_models_and_refuses_other_keys_and_models()
    {
        var list = await _http.GetFromJsonAsync<JsonElement>("/v1/models", Cancellation);
        Assert.Equal(["one", "two"], list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));

        Assert.Equal((404, "model_not_found"), await ErrorAsync(new { model = "three", messages = Messages }));
        Assert.Equal((400, null), await ErrorAsync(new { model = "one" }));
        _http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal((401, "invalid_api_key"), await ErrorAsync(new { model = "one", messages = Messages }));
    }

    [Fact]
    public async Task It_answers_no_foreign_name()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models") { Headers = { Host = "example.org" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.SendAsync(request, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_schema_without_a_script_gets_a_reply_of_its_form_that_claims_nothing()
    {
        Assert.Equal("""{"answer":"","answerable":false,"citations":[],"verdict":"no"}""", await AskAsync(Schema("unknown")));
    }

    [Fact]
    public async Task The_script_of_a_schema_answers_it_and_a_rule_goes_before()
    {
        _server.Models.Scripts.ForSchema("answer", request => request.Asked.Contains("warranty", StringComparison.Ordinal) ? """{"answer":"two years"}""" : null);
        Assert.Equal("""{"answer":"two years"}""", await AskAsync(Schema("answer")));

        _server.Models.Scripts.Add(request => request.SchemaName == "answer" ? "first" : null);
        Assert.Equal("first", await AskAsync(Schema("answer")));
        Assert.NotEqual("first", await AskAsync(Schema("other")));
    }

    [Fact]
    public async Task An_answer_can_be_spoilt_and_keeps_its_form()
    {
        _server.Models.Scripts.ForSchema("answer", _ => """{"answer":"It is two years [1].","answerable":true,"citations":[1,2],"verdict":"yes"}""");

        _server.Models.Misbehaviours.Next(Trouble.FalseCitations);
        Assert.Equal("""{"answer":"It is two years [1].","answerable":true,"citations":[99],"verdict":"yes"}""", await AskAsync(Schema("answer")));
        _server.Models.Misbehaviours.Next(Trouble.WrongLanguage);
        using var foreign = JsonDocument.Parse(await AskAsync(Schema("answer")));
        Assert.DoesNotContain("years", foreign.RootElement.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal("yes", foreign.RootElement.GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task A_share_of_requests_goes_wrong_and_a_rule_says_which()
    {
        _server.Models.Misbehaviours.Share(.3, Trouble.ServerError, Trouble.TooManyRequests, Trouble.EmptyAnswer);
        _server.Models.Misbehaviours.Add(new Misbehaviour(Trouble.Filtered) { When = request => request.Model == "two" });
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 600; i++)
        {
            using var response = await _http.PostAsJsonAsync("/v1/chat/completions", new { model = "one", messages = Messages }, Cancellation);
            var how = response.IsSuccessStatusCode && (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("usage").GetProperty("completion_tokens").GetInt32() == 0 ? "empty" : $"{(int)response.StatusCode}";
            counts[how] = counts.GetValueOrDefault(how) + 1;
        }

        Assert.InRange(counts["200"], 380, 460);
        Assert.All(["500", "429", "empty"], how => Assert.InRange(counts[how], 35, 90));
        Assert.Equal(600 - counts["200"], _server.Models.Spoilt);
        Assert.Equal(600, _server.Models.Received);
        using var two = await _http.PostAsJsonAsync("/v1/chat/completions", new { model = "two", messages = Messages }, Cancellation);
        Assert.Equal(400, (int)two.StatusCode);
        _server.Models.Misbehaviours.Clear();
        Assert.Equal(200, (int)(await _http.PostAsJsonAsync("/v1/chat/completions", new { model = "two", messages = Messages }, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Each_request_is_spoilt_in_a_way_that_can_spoil_it()
    {
        _server.Models.Misbehaviours.Share(1, Trouble.WrongLength, Trouble.WrongLanguage);
        for (var i = 0; i < 20; i++)
        {
            using var chat = await _http.PostAsJsonAsync("/v1/chat/completions", new { model = "one", messages = Messages }, Cancellation);
            Assert.Contains("很抱歉", (await chat.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
            using var vectors = await _http.PostAsJsonAsync("/v1/embeddings", new { model = "one", input = new[] { "one", "two" } }, Cancellation);
            var lengths = (await vectors.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("data").EnumerateArray().Select(one => one.GetProperty("embedding").GetArrayLength());
            Assert.Equal([384, 192], lengths);
        }
        Assert.Equal(40, _server.Models.Spoilt);

        // What none of the ways can spoil passes, and what has no citation to falsify is not counted.
        _server.Models.Misbehaviours.Share(1, Trouble.FalseCitations);
        using var unspoilt = await _http.PostAsJsonAsync("/v1/embeddings", new { model = "one", input = new[] { "one", "two" } }, Cancellation);
        Assert.Equal(2, (await unspoilt.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("data").GetArrayLength());
        using var uncited = await _http.PostAsJsonAsync("/v1/chat/completions", new { model = "one", messages = Messages }, Cancellation);
        Assert.True(uncited.IsSuccessStatusCode);
        Assert.Equal(40, _server.Models.Spoilt);
    }

    private static object[] Messages => [new { role = "user", content = "How long is the warranty?" }];

    private static object Schema(string name) => new
    {
        model = "one",
        messages = Messages,
        response_format = new
        {
            type = "json_schema",
            json_schema = new
            {
                name,
                schema = JsonElement.Parse("""{"type":"object","properties":{"answer":{"type":"string"},"answerable":{"type":"boolean"},"citations":{"type":"array","items":{"type":"integer"}},"verdict":{"enum":["no","yes"]}}}"""),
            },
        },
    };

    private async Task<string> AskAsync(object request)
    {
        using var response = await _http.PostAsJsonAsync("/v1/chat/completions", request, Cancellation);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private async Task<(int Status, string? Code)> ErrorAsync(object request)
    {
        using var response = await _http.PostAsJsonAsync("/v1/chat/completions", request, Cancellation);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        return ((int)response.StatusCode, error.GetProperty("code").GetString());
    }
}
