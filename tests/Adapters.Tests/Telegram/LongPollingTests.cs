using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Support.Contracts;
using Support.Telegram;
using Support.Telegram.Updates;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class LongPollingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient _http = BotApiConnections.CreateClient();
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private FakeBotApi _telegram = null!;
    private Task _polling = Task.CompletedTask;

    public async ValueTask InitializeAsync() => _telegram = await FakeBotApi.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _polling);
        _http.Dispose();
        await _telegram.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task The_next_updates_are_asked_for_only_when_the_last_are_queued()
    {
        var queued = new TaskCompletionSource();
        var received = new TaskCompletionSource<IReadOnlyList<RawUpdate>>();
        ThenHold(FakeBotApi.Ok("""[{"update_id":7},{"update_id":9}]"""));

        Start(async (updates, _) =>
        {
            received.SetResult(updates);
            await queued.Task;
        });
        Assert.Equal([7, 9], (await received.Task.WaitAsync(Patience)).Select(update => update.Id));
        Assert.Equal(0, await NextOffsetAsync());
        Assert.Equal(1, _telegram.CountOf("getUpdates"));
        queued.SetResult();

        Assert.Equal(10, await NextOffsetAsync());
    }

    [Fact]
    public async Task Updates_that_could_not_be_queued_are_fetched_again()
    {
        var attempts = 0;
        var done = new TaskCompletionSource();
        ThenHold(FakeBotApi.Ok("""[{"update_id":7}]"""), FakeBotApi.Ok("""[{"update_id":7}]"""));

        Start((_, _) =>
        {
            if (++attempts == 1)
                throw new InvalidOperationException("the database is gone");
            done.SetResult();
            return ValueTask.CompletedTask;
        });
        Assert.Equal(0, await NextOffsetAsync());
        await PassBackoffAsync();
        await done.Task.WaitAsync(Patience);

        Assert.Equal(0, await NextOffsetAsync());
        Assert.Equal(8, await NextOffsetAsync());
    }

    [Fact]
    public async Task A_webhook_in_the_way_is_deleted()
    {
        _telegram.Answers("getWebhookInfo", FakeBotApi.Ok("""{"url":"https://old.example.com/x","has_custom_certificate":false,"pending_update_count":0}"""));
        _telegram.Answers("deleteWebhook", FakeBotApi.Ok("true"));
        ThenHold(FakeBotApi.Error(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"));

        Start();

        Assert.False((await _telegram.CallAsync("deleteWebhook")).GetProperty("drop_pending_updates").GetBoolean());
        await NextOffsetAsync();
        await PassBackoffAsync();
        await NextOffsetAsync();
    }

    [Fact]
    public async Task Another_poller_is_given_half_a_minute()
    {
        ThenHold(FakeBotApi.Error(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"));

        Start();
        await NextOffsetAsync();
        _clock.Advance(await _clock.ArmedAsync(TimeSpan.FromSeconds(30)));

        await NextOffsetAsync();
        Assert.Equal(0, _telegram.CountOf("deleteWebhook"));
    }

    [Fact]
    public async Task A_failing_network_is_asked_more_and_more_rarely_up_to_half_a_minute()
    {
        _telegram.Answers("getUpdates", FakeBotApi.Error(502, "Bad Gateway"));

        Start();

        foreach (var seconds in (double[])[1, 2, 4, 8, 16, 30, 30])
        {
            await NextOffsetAsync();
            _clock.Advance(await _clock.ArmedAsync(TimeSpan.FromSeconds(seconds / 2), TimeSpan.FromSeconds(seconds)));
        }
    }

    private void Start(UpdatesReceived? received = null) =>
        _polling = new LongPolling(new BotApiClient(_http, _telegram.Url, _clock), _clock, NullLogger<LongPolling>.Instance)
            .RunAsync(FakeBotApi.Token, received ?? ((_, _) => ValueTask.CompletedTask), _stop.Token);

    /// <summary>Answers with these in turn and then keeps the call open, as Telegram does when there is nothing new.</summary>
    private void ThenHold(params string[] bodies)
    {
        var left = new Queue<string>(bodies);
        _telegram.Handles("getUpdates", async (context, _) =>
        {
            if (!left.TryDequeue(out var body))
            {
                await _telegram.HoldAsync(context);
                return;
            }

            if (body.Contains("\"error_code\":409", StringComparison.Ordinal))
                context.Response.StatusCode = 409;
            await context.Response.WriteAsync(body);
        });
    }

    private async Task<int> NextOffsetAsync() => (await _telegram.CallAsync("getUpdates")).GetProperty("offset").GetInt32();

    private async Task PassBackoffAsync() => _clock.Advance(await _clock.ArmedAsync(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1)));
}
