using Microsoft.AspNetCore.Http;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Reading chats, with "wait" seconds to hold an empty answer back until something comes.</summary>
internal sealed class ChatReading(SimulatedTelegram telegram, CancellationToken stopping)
{
    private const long LongestWait = 60;

    public async Task MessagesAsync(HttpContext context)
    {
        var chat = ControlQuery.Required(context, "chat");
        var after = ControlQuery.Number(context, "after") ?? 0;
        var bot = ControlQuery.Number(context, "bot");
        var messages = await WaitForAsync<IReadOnlyList<Message>>(context, () => telegram.Messages(chat, after, bot), found => found.Count > 0);
        await ControlEndpoints.Json(context, messages, SimulationJson.Default.IReadOnlyListMessage);
    }

    public async Task ChangesAsync(HttpContext context)
    {
        var since = ControlQuery.Number(context, "since") ?? 0;
        var bot = ControlQuery.Number(context, "bot");
        var found = await WaitForAsync(context, () => Read(since, bot), read => read.Changes.Count > 0);
        await ControlEndpoints.Json(context, ChangePage.Of(found.Next, found.Changes), SimulationJson.Default.ChangePage);
    }

    private (long Next, IReadOnlyList<Change> Changes) Read(long since, long? bot)
    {
        lock (telegram.World.Gate)
        {
            var changes = telegram.Changes.Since(since);
            return (telegram.Changes.Last, bot is null ? changes : [.. changes.Where(change => change.Bot == bot || change.Bot == 0)]);
        }
    }

    private async Task<T> WaitForAsync<T>(HttpContext context, Func<T> read, Func<T, bool> isEnough)
    {
        var wait = Math.Clamp(ControlQuery.Number(context, "wait") ?? 0, 0, LongestWait);
        var until = telegram.World.Now.AddSeconds(wait);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        while (true)
        {
            // Asked for before reading, so that what comes in between is not missed.
            var next = telegram.NextChangeAsync();
            var found = read();
            var left = until - telegram.World.Now;
            if (isEnough(found) || left <= TimeSpan.Zero)
                return found;
            try
            {
                await next.WaitAsync(left, telegram.World.Clock, stop.Token);
            }
            catch (Exception e) when (e is TimeoutException || stopping.IsCancellationRequested)
            {
                return read();
            }
        }
    }
}
