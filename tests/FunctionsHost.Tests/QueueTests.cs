using System.Text.Json;
using System.Text.RegularExpressions;
using Support.Contracts;

namespace Support.Tests.FunctionsHost;

/// <summary>Queue triggers against a real Azurite.</summary>
public sealed partial class QueueTests(Azurite azurite)
{
    private readonly string _queue = Azurite.NewName();
    private readonly AppFolder _folder = new();

    [Fact]
    public async Task A_message_arrives_as_documented_and_is_deleted()
    {
        await using var app = await StartAsync();
        await azurite.Queue(_queue).PutAsync("hello!! Привет", CancellationToken.None);
        var got = await app.EnvelopeAsync();
        Assert.Equal(("POST", "/answer-it"), (got.Method, got.Target));
        Assert.Equal("application/json; charset=utf-8", got.Headers["Content-Type"]);
        Assert.Equal("chunked", got.Headers["Transfer-Encoding"]);
        Assert.False(got.Headers.ContainsKey("Content-Length"));
        Assert.False(got.Headers.ContainsKey("x-ms-invocation-id"));
        Assert.True(Guid.TryParse(got.Headers["X-Azure-Functions-InvocationId"], out _));
        Assert.Matches(Envelope(), got.Text);
        await EmptyAsync(_queue);
        Assert.Equal(1, app.Host.Invocations["answer-it"].Succeeded);
    }

    [Fact]
    public async Task A_message_is_hidden_for_ten_minutes_whatever_host_json_says()
    {
        await using var app = await StartAsync();
        await azurite.Queue(_queue).PutAsync("hello", CancellationToken.None);
        Assert.InRange((NextVisible(await app.EnvelopeAsync()) - TimeProvider.System.GetUtcNow()).TotalMinutes, 9.5, 10);
    }

    [Theory]
    [InlineData("""{"status":500}""")]
    [InlineData("""{"type":"text/plain","body":"done"}""")]
    [InlineData("""{"type":"application/problem+json","body":"{}"}""")]
    [InlineData("""{"body":"{\"Outputs\":{\"other\":[\"a\"]}}"}""")]
    public async Task A_failure_comes_back_until_it_is_poison(string message)
    {
        _folder.Queues["maxDequeueCount"] = 3;
        await using var app = await StartAsync();
        await azurite.Queue(_queue).PutAsync(message, CancellationToken.None);
        await Eventually.HoldsAsync(async () => (await azurite.VisibleAsync(_queue + "-poison")).SequenceEqual([message]), "the message is poison");
        await EmptyAsync(_queue);
        Assert.Equal(["1", "2", "3"], app.Envelopes.Select(got => DequeueCount().Match(got.Text).Groups["count"].Value));
        Assert.Equal((0, 3), (app.Host.Invocations["answer-it"].Succeeded, app.Host.Invocations["answer-it"].Failed));
    }

    [Fact]
    public async Task A_failure_is_hidden_for_visibilityTimeout()
    {
        _folder.Queues["visibilityTimeout"] = "00:00:03";
        await using var app = await StartAsync();
        await azurite.Queue(_queue).PutAsync("""{"status":503}""", CancellationToken.None);
        var (first, second) = (await app.EnvelopeAsync(), await app.EnvelopeAsync(1));
        Assert.InRange((NextVisible(second) - NextVisible(first)).TotalSeconds, 2, 20);
    }

    [Fact]
    public async Task Base64_is_decoded_and_what_is_none_is_poison_at_once()
    {
        _folder.Queues["messageEncoding"] = "base64";
        await using var app = await StartAsync();
        await azurite.Queue(_queue).PutAsync("not base64!", CancellationToken.None);
        await Eventually.HoldsAsync(async () => (await azurite.VisibleAsync(_queue + "-poison")).SequenceEqual(["not base64!"]), "it is poison");
        await azurite.Queue(_queue).PutAsync("aGVsbG8=", CancellationToken.None);
        Assert.Contains("""{"Data":{"msg":"\"hello\""}""", (await app.EnvelopeAsync()).Text, StringComparison.Ordinal);
        Assert.Single(app.Envelopes);
    }

    [Fact]
    public async Task A_poison_queue_has_no_poison_queue_and_what_fails_there_stays_hidden()
    {
        _folder.Queues["maxDequeueCount"] = 1;
        await using var app = await HostedApp.StartAsync(_folder.Queue("bury", _queue + "-poison"), azurite);
        await azurite.Queue(_queue + "-poison").CreateAsync(CancellationToken.None);
        await azurite.Queue(_queue + "-poison").PutAsync("""{"status":500}""", CancellationToken.None);
        await Eventually.HoldsAsync(() => app.Host.Invocations["bury"].Failed == 1, "it failed");
        await azurite.Queue(_queue + "-poison").PutAsync("good", CancellationToken.None);
        await Eventually.HoldsAsync(() => app.Host.Invocations["bury"].Succeeded == 1, "the next is served");
        await Eventually.HoldsAsync(async () => await azurite.CountAsync(_queue + "-poison") == 1, "only the failed one is left");
        Assert.Equal(-1, await azurite.CountAsync(_queue + "-poison-poison"));
        Assert.Empty(await azurite.VisibleAsync(_queue + "-poison"));
        Assert.Equal(2, app.Envelopes.Count);
    }

    [Fact]
    public async Task Outputs_are_written_to_their_queue()
    {
        var output = Azurite.NewName();
        await using var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue, output), azurite);
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        await azurite.Queue(_queue).PutAsync("""{"body":"{\"Outputs\":{\"out\":[\"{\\\"a\\\":1}\"]},\"Logs\":[\"written down\"]}"}""", CancellationToken.None);
        await Eventually.HoldsAsync(async () => (await azurite.VisibleAsync(output)).SequenceEqual(["""{"a":1}"""]), "the output is written");
        await app.SaidAsync("written down");
        await EmptyAsync(_queue);
    }

    [Fact]
    public async Task Outputs_of_a_failure_are_not_written()
    {
        var output = Azurite.NewName();
        await using var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue, output), azurite);
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        await azurite.Queue(_queue).PutAsync("""{"status":500,"body":"{\"Outputs\":{\"out\":[\"a\"]}}"}""", CancellationToken.None);
        await Eventually.HoldsAsync(() => app.Host.Invocations["answer-it"].Failed >= 1, "it failed");
        Assert.Equal(-1, await azurite.CountAsync(output));
    }

    [Fact]
    public async Task No_more_run_at_once_than_a_batch_and_the_threshold()
    {
        (_folder.Queues["batchSize"], _folder.Queues["newBatchThreshold"]) = (2, 1);
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        for (var i = 0; i < 6; i++)
            await azurite.Queue(_queue).PutAsync($$"""{"wait":"g{{i}}"}""", CancellationToken.None);
        await using var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue).Http("release", "release/{gate}"), azurite);
        await app.EnvelopeAsync(1);
        Assert.Equal(2, app.Host.Invocations["answer-it"].Running);
        await ReleaseAsync(app, app.Envelopes[0]);
        await app.EnvelopeAsync(3);
        Assert.Equal(3, app.Host.Invocations["answer-it"].Running);
        for (var released = 1; released < 6; released++)
        {
            await ReleaseAsync(app, await app.EnvelopeAsync(released));
            Assert.InRange(app.Host.Invocations["answer-it"].Running, 0, 3);
        }

        await Eventually.HoldsAsync(() => app.Host.Invocations["answer-it"].Succeeded == 6, "all are done");
    }

    private async Task<HostedApp> StartAsync()
    {
        var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue), azurite);
        // The listener makes the queue; so does the test, whoever comes first.
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        return app;
    }

    private static async Task ReleaseAsync(HostedApp app, Got got)
    {
        if (Gate().Match(got.Text) is { Success: true } gate)
            (await app.Client.PostAsync($"release/{gate.Groups["gate"].Value}", null)).EnsureSuccessStatusCode();
    }

    private static DateTimeOffset NextVisible(Got got)
    {
        using var envelope = JsonDocument.Parse(got.Body);
        return envelope.RootElement.GetProperty("Metadata").GetProperty("NextVisibleTime").GetDateTimeOffset();
    }

    private Task EmptyAsync(string queue) => Eventually.HoldsAsync(async () => await azurite.CountAsync(queue) == 0, $"{queue} is empty");

    [GeneratedRegex("""^\{"Data":\{"msg":"\\"hello!! Привет\\""\},"Metadata":\{"DequeueCount":"1","ExpirationTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00","Id":"\\"[0-9a-f-]{36}\\"","InsertionTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00","NextVisibleTime":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00","PopReceipt":"\\"[^"\\]+\\"","sys":\{"MethodName":"answer-it","RandGuid":"[0-9a-f-]{36}","UtcNow":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z"\}\}\}\z""")]
    private static partial Regex Envelope();

    [GeneratedRegex("\"DequeueCount\":\"(?<count>\\d+)\"")]
    private static partial Regex DequeueCount();

    [GeneratedRegex("(?<gate>g\\d)")]
    private static partial Regex Gate();
}
