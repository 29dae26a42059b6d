using System.Text.Json;

namespace Support.Simulation;

/// <summary>Long polling. Of two callers the later one stays, as at Telegram; the earlier gets 409.</summary>
internal static class GetUpdates
{
    public static async Task<Reply> PollAsync(Call call, CancellationToken cancellation)
    {
        var timeout = TimeSpan.FromSeconds(Math.Clamp(call.Arguments.Integer("timeout") ?? 0, 0, 50));
        var limit = (int)Math.Clamp(call.Arguments.Integer("limit") ?? 100, 1, 100);
        var poll = new LongPoll();
        lock (call.World.Gate)
        {
            Begin(call, poll);
            Confirm(call);
            var updates = Take(call, limit);
            if (updates.Count > 0 || timeout == TimeSpan.Zero)
            {
                call.Bot.Poll = null;
                return Answer(updates);
            }
        }
        try
        {
            await poll.WaitAsync(timeout, call.World.Clock, cancellation);
        }
        finally
        {
            lock (call.World.Gate)
            {
                if (call.Bot.Poll == poll)
                    call.Bot.Poll = null;
            }
        }
        lock (call.World.Gate)
            return Answer(Take(call, limit));
    }

    private static void Begin(Call call, LongPoll poll)
    {
        if (call.Bot.State.Webhook is not null)
            throw Refusal.Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first");
        call.Bot.Poll?.EndWith(Refusal.Conflict("terminated by other getUpdates request; make sure that only one bot instance is running"));
        call.Bot.Poll = poll;
        if (call.Arguments.Strings("allowed_updates") is { } allowed && !allowed.SequenceEqual(call.Bot.State.AllowedUpdates ?? []))
            call.World.Commit(new JournalEntry { Bot = call.Bot.State with { AllowedUpdates = allowed } });
    }

    private static void Confirm(Call call)
    {
        call.Telegram.Feed.Expire(call.Bot);
        if (call.Arguments.Integer("offset") is not { } offset || offset == 0)
            return;
        var first = offset > 0 ? offset : call.Bot.LastUpdateId + 1 + offset;
        foreach (var update in call.Bot.Pending.All.TakeWhile(update => update.Update.UpdateId < first).ToList())
        {
            call.World.Commit(new JournalEntry { Settled = new UpdateSettled(call.Bot.Id, update.Update.UpdateId) });
            call.Telegram.Counters.Delivered();
        }
    }

    private static IReadOnlyList<PendingUpdate> Take(Call call, int limit) => [.. call.Bot.Pending.All.Take(limit)];

    private static Reply Answer(IReadOnlyList<PendingUpdate> updates) => new(writer =>
    {
        writer.WriteStartArray();
        foreach (var update in updates)
            JsonSerializer.Serialize(writer, update.Update, SimulationJson.Default.Update);
        writer.WriteEndArray();
    });
}
