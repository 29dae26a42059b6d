namespace Support.Simulation;

/// <summary>
/// Telegram's published sending limits of one bot: about one message a second in a private chat (three may come at once, after
/// that one a second), 20 in any minute in a group, 30 a second over all chats. Only new messages count. A message above a
/// limit is answered 429 with the whole seconds to wait. Telegram's real limits are looser at times and never documented exactly.
/// </summary>
internal sealed class SendLimits(TimeProvider clock)
{
    private const int PrivateBurst = 3;
    private const int GroupMessages = 20;
    private const int BotMessages = 30;
    private static readonly TimeSpan GroupWindow = TimeSpan.FromMinutes(1);

    private readonly TokenBucket _all = new(BotMessages, BotMessages, clock.GetUtcNow());
    private readonly Dictionary<long, TokenBucket> _private = [];
    private readonly Dictionary<long, SlidingWindow> _groups = [];

    /// <summary>Counts one message, or counts nothing and says how long to wait.</summary>
    public TimeSpan? Take(long chat)
    {
        var now = clock.GetUtcNow();
        if (_all.WaitAt(now) is { } waitOfBot)
            return waitOfBot;
        if (chat > 0)
        {
            if (!_private.TryGetValue(chat, out var bucket))
                _private[chat] = bucket = new TokenBucket(PrivateBurst, perSecond: 1, now);
            if (bucket.WaitAt(now) is { } wait)
                return wait;
            bucket.Take();
        }
        else
        {
            if (!_groups.TryGetValue(chat, out var window))
                _groups[chat] = window = new SlidingWindow(GroupMessages, GroupWindow);
            if (window.WaitAt(now) is { } wait)
                return wait;
            window.Take(now);
        }
        _all.Take();
        return null;
    }
}
