using Support.Contracts;

namespace Support.Tests.FunctionsHost;

/// <summary>What depends on time that only a test lets pass.</summary>
public sealed class HangTests(Azurite azurite)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly string _queue = Azurite.NewName();
    private readonly ManualClock _clock = new();
    private readonly AppFolder _folder = new();

    [Theory]
    [InlineData("""{"body":""}""")]
    [InlineData("""{"body":"null"}""")]
    [InlineData("""{"wait":"for ever"}""")]
    public async Task What_completes_nothing_lasts_until_functionTimeout_and_then_the_handler_is_started_anew(string message)
    {
        _folder.Queues["maxDequeueCount"] = 1;
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        await azurite.Queue(_queue).PutAsync(message, CancellationToken.None);
        await using var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue), azurite, _clock);
        var pid = app.Host.HandlerPid;
        await app.EnvelopeAsync();
        if (message.Contains("body", StringComparison.Ordinal))
            await Eventually.HoldsAsync(() => app.Host.Invocations["answer-it"].Hung == 1, "it hangs");
        _clock.Advance(TimeSpan.FromSeconds(599));
        Assert.Equal((1, 0), (app.Host.Invocations["answer-it"].Running, app.Host.Invocations["answer-it"].Failed));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => (await azurite.VisibleAsync(_queue + "-poison")).SequenceEqual([message]), "it failed");
        await Eventually.HoldsAsync(() => app.Host.HandlerPid is { } now && now != pid, "another handler is there");
    }

    [Fact]
    public async Task A_message_is_held_for_as_long_as_it_takes()
    {
        _folder.Host["functionTimeout"] = "01:00:00";
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        await azurite.Queue(_queue).PutAsync("""{"wait":"renewed"}""", CancellationToken.None);
        await using var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue).Http("release", "release/{gate}"), azurite, _clock);
        var got = await app.EnvelopeAsync();
        _clock.Advance(await _clock.ArmedAsync(TimeSpan.FromMinutes(5)));
        // Renewing is armed again once the receipt that the envelope told is worth nothing.
        await _clock.ArmedAsync(TimeSpan.FromMinutes(5));
        using var envelope = System.Text.Json.JsonDocument.Parse(got.Body);
        var metadata = envelope.RootElement.GetProperty("Metadata");
        var (id, receipt) = (Unquoted(metadata, "Id"), Unquoted(metadata, "PopReceipt"));
        var e = await Assert.ThrowsAsync<Support.FunctionsHost.Queues.StorageException>(() => azurite.Queue(_queue).DeleteAsync(id, receipt, CancellationToken.None));
        Assert.Equal("PopReceiptMismatch", e.Code);
        (await app.Client.GetAsync("release/renewed")).EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(async () => await azurite.CountAsync(_queue) == 0, "the message is deleted");
    }

    [Fact]
    public async Task An_empty_queue_is_asked_less_and_less_often_and_a_full_one_at_once()
    {
        _folder.Queues["maxPollingInterval"] = "00:00:02";
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        await using var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue), azurite, _clock);
        foreach (var pause in new[] { 1, 2, 3, 5, 9, 17, 20, 20 })
            _clock.Advance(await _clock.ArmedAsync(Poll * pause));
        await azurite.Queue(_queue).PutAsync("hello", CancellationToken.None);
        _clock.Advance(await _clock.ArmedAsync(Poll * 20));
        await app.EnvelopeAsync();
        await _clock.ArmedAsync(Poll);
    }

    [Fact]
    public async Task What_a_killed_handler_had_in_hand_comes_back_after_visibilityTimeout()
    {
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        await azurite.Queue(_queue).PutAsync("""{"wait":"for ever"}""", CancellationToken.None);
        await using var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue), azurite);
        await app.EnvelopeAsync();
        await app.Host.KillHandlerAsync();
        Assert.Contains("\"DequeueCount\":\"2\"", (await app.EnvelopeAsync(1)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_ends_gives_back_what_it_had_in_hand()
    {
        await azurite.Queue(_queue).CreateAsync(CancellationToken.None);
        await azurite.Queue(_queue).PutAsync("""{"wait":"for ever"}""", CancellationToken.None);
        await using (var app = await HostedApp.StartAsync(_folder.Queue("answer-it", _queue), azurite))
            await app.EnvelopeAsync();
        Assert.Equal(["""{"wait":"for ever"}"""], await azurite.VisibleAsync(_queue));
    }

    private static string Unquoted(System.Text.Json.JsonElement metadata, string name) => System.Text.Json.JsonSerializer.Deserialize<string>(metadata.GetProperty(name).GetString()!)!;
}
