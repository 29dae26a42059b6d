using Microsoft.Extensions.Logging;

namespace Support.Simulation;

/// <summary>
/// Posts updates to webhooks: those of one key strictly one after another, different keys side by side up to max_connections.
/// What fails is sent again at once, then after 2, 4, 8 … seconds, or when the answer's Retry-After says; nothing of its key
/// passes it meanwhile. A method in the answer's body is not carried out, unlike at Telegram.
/// </summary>
internal sealed partial class WebhookDelivery(World world, WebhookPost post, Counters counters, Broadcast<DeliveredUpdate> delivered, TimeSpan longestPause, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan GoneFor = TimeSpan.FromHours(23);

    private readonly Dictionary<long, Posting> _postings = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Task> _underWay = [];

    /// <summary>What is being posted for one bot now.</summary>
    private sealed class Posting
    {
        public Queue<(UpdateKey Key, Lane Lane)> Ready { get; } = new();

        public int UnderWay { get; set; }

        /// <summary>Since when every answer was 410 Gone.</summary>
        public DateTimeOffset? GoneSince { get; set; }
    }

    /// <summary>Something may be there to deliver under this key. Called under the gate.</summary>
    public void Wake(Bot bot, UpdateKey key)
    {
        if (bot.State.Webhook is null || bot.Pending.LaneOf(key) is not { State: LaneState.Idle } lane)
            return;
        MakeReady(bot, key, lane);
        Pump(bot);
    }

    /// <summary>The webhook was set or changed: everything pending starts anew, without the old one's pauses. Called under the gate.</summary>
    public void WakeAll(Bot bot)
    {
        foreach (var (key, lane) in bot.Pending.Lanes)
        {
            lane.Failures = 0;
            if (lane.State == LaneState.Waiting)
                StopWaiting(lane);
            Wake(bot, key);
        }
        Pump(bot);
    }

    private void MakeReady(Bot bot, UpdateKey key, Lane lane)
    {
        lane.State = LaneState.Ready;
        PostingOf(bot).Ready.Enqueue((key, lane));
    }

    private void Pump(Bot bot)
    {
        var posting = PostingOf(bot);
        while (bot.State.Webhook is { } webhook && posting.UnderWay < webhook.MaxConnections && !_stop.IsCancellationRequested
            && posting.Ready.TryDequeue(out var next))
        {
            if (Front(bot, next.Lane) is not { } update)
            {
                next.Lane.State = LaneState.Idle;
                bot.Pending.Forget(next.Key);
                continue;
            }
            next.Lane.State = LaneState.Sending;
            posting.UnderWay++;
            // Not awaited: it ends by itself and is waited for when the simulation stops. Task.Run, because the gate is held here.
            var task = Task.Run(() => DeliverAsync(bot, next.Key, next.Lane, update, webhook), CancellationToken.None);
            _underWay.Add(task);
            _ = task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private PendingUpdate? Front(Bot bot, Lane lane)
    {
        while (lane.Front() is { } update)
        {
            if (update.Expires > world.Now)
                return update;
            world.Commit(new JournalEntry { Settled = new UpdateSettled(bot.Id, update.Update.UpdateId) });
            counters.Expired();
        }
        return null;
    }

    private async Task DeliverAsync(Bot bot, UpdateKey key, Lane lane, PendingUpdate update, Webhook webhook)
    {
        var started = world.Clock.GetTimestamp();
        var outcome = await post.SendAsync(webhook, update.Update, _stop.Token);
        lock (world.Gate)
        {
            var posting = PostingOf(bot);
            posting.UnderWay--;
            if (_stop.IsCancellationRequested)
                return;
            switch (outcome)
            {
                case PostOutcome.Accepted:
                    Settle(bot, lane, update);
                    posting.GoneSince = null;
                    MakeReady(bot, key, lane);
                    break;
                case PostOutcome.Failed failed:
                    counters.WebhookFailed();
                    Log.WebhookFailed(logger, bot.Id, update.Update.UpdateId, failed.Message);
                    RememberError(bot, failed);
                    DropWebhookIfGone(bot, posting, failed);
                    WaitOrRetry(bot, key, lane, failed);
                    break;
            }
            Pump(bot);
        }
        if (outcome is PostOutcome.Accepted && delivered.IsWatched)
            delivered.Publish(new DeliveredUpdate(bot.Id, update.Update.UpdateId, started, world.Clock.GetTimestamp()));
    }

    private void Settle(Bot bot, Lane lane, PendingUpdate update)
    {
        lane.Failures = 0;
        if (update.IsSettled)
            return;
        world.Commit(new JournalEntry { Settled = new UpdateSettled(bot.Id, update.Update.UpdateId) });
        counters.Delivered();
    }

    private void RememberError(Bot bot, PostOutcome.Failed failed)
    {
        var error = new WebhookError(world.Now.ToUnixTimeSeconds(), failed.Message);
        if (bot.State.LastError == error)
            return;
        world.Commit(new JournalEntry { Bot = bot.State with { LastError = error } });
    }

    private void DropWebhookIfGone(Bot bot, Posting posting, PostOutcome.Failed failed)
    {
        if (failed.Status != 410)
        {
            posting.GoneSince = null;
            return;
        }
        posting.GoneSince ??= world.Now;
        if (world.Now - posting.GoneSince >= GoneFor)
            world.Commit(new JournalEntry { Bot = bot.State with { Webhook = null } });
    }

    private void WaitOrRetry(Bot bot, UpdateKey key, Lane lane, PostOutcome.Failed failed)
    {
        lane.Failures++;
        var pause = PauseAfter(lane.Failures, failed.RetryAfter);
        if (pause <= TimeSpan.Zero)
        {
            MakeReady(bot, key, lane);
            return;
        }
        lane.State = LaneState.Waiting;
        lane.Retry = world.Clock.CreateTimer(_ => Resume(bot, key, lane), null, pause, Timeout.InfiniteTimeSpan);
    }

    private TimeSpan PauseAfter(int failures, TimeSpan? asked)
    {
        if (asked > TimeSpan.Zero)
            return asked.Value;
        // 2^20 s is above any sensible longest pause; the power must not grow without end.
        return failures == 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(longestPause.TotalSeconds, Math.Pow(2, Math.Min(20, failures - 1))));
    }

    private void Resume(Bot bot, UpdateKey key, Lane lane)
    {
        lock (world.Gate)
        {
            if (lane.State != LaneState.Waiting || _stop.IsCancellationRequested)
                return;
            StopWaiting(lane);
            Wake(bot, key);
        }
    }

    private static void StopWaiting(Lane lane)
    {
        lane.Retry?.Dispose();
        lane.Retry = null;
        lane.State = LaneState.Idle;
    }

    private Posting PostingOf(Bot bot)
    {
        if (!_postings.TryGetValue(bot.Id, out var posting))
            _postings[bot.Id] = posting = new Posting();
        return posting;
    }

    private void Remove(Task task)
    {
        lock (world.Gate)
            _underWay.Remove(task);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] underWay;
        lock (world.Gate)
        {
            underWay = [.. _underWay];
            foreach (var (_, lane) in world.Bots.SelectMany(bot => bot.Pending.Lanes))
                lane.Retry?.Dispose();
        }
        await Task.WhenAll(underWay);
        _stop.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Webhook of bot {Bot} did not take update {UpdateId}: {Message}")]
        public static partial void WebhookFailed(ILogger logger, long bot, long updateId, string message);
    }
}
