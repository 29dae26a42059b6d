using System.Collections.Concurrent;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>
/// Messages that were claimed by the very transaction that wrote them into the outbox, on their way to deliver-reply in the same
/// process; that spares the claim its own journey and flush. Should the process die, the row stands as claimed by it, and the sweep
/// finds it as it finds every other one.
/// </summary>
public sealed class ClaimedReplies(DeskDatabase database, IWorkQueue queue, SendLimits limits, TimeProvider clock)
{
    /// <summary>Younger than this no lease of a living process is freed.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(BotId Bot, long Chat), Claimed> _waiting = new();

    /// <summary>A place within the limits and a lease to be taken on the chat; null when the message must go the ordinary way.</summary>
    public Claim? Begin(BotId bot, long chat)
    {
        // Elsewhere the wake-up may reach another process, which knows nothing of the claim.
        if (queue is not LocalWorkQueue || limits.Reserve(bot, chat, IsGroup(chat)) > TimeSpan.Zero)
            return null;
        return new Claim(bot, chat, Lease.OnChat(bot, chat));
    }

    /// <summary>It is committed as claimed; a wake-up for the chat must follow.</summary>
    public void Keep(Claim claim, LaneClaim.Message message) => _waiting[(claim.Bot, claim.Chat)] = new Claimed(claim.Lease, message, clock.GetTimestamp());

    /// <summary>It was not claimed after all.</summary>
    public void GiveUp(Claim claim) => limits.GiveBack(claim.Bot, claim.Chat, IsGroup(claim.Chat));

    /// <summary>What waits to be sent to this chat, once. A claim that somebody else may have freed meanwhile is dropped: then the row is theirs.</summary>
    public async Task<Claimed?> TakeAsync(BotId bot, long chat, CancellationToken cancellation)
    {
        if (!_waiting.TryRemove((bot, chat), out var claimed))
            return null;
        return clock.GetElapsedTime(claimed.At) < Fresh || await claimed.Lease.ExtendAsync(database.Light, cancellation) ? claimed : null;
    }

    // Telegram's groups have negative ids.
    private static bool IsGroup(long chat) => chat < 0;

    public sealed record Claim(BotId Bot, long Chat, Lease Lease);

    public sealed record Claimed(Lease Lease, LaneClaim.Message Message, long At);
}
