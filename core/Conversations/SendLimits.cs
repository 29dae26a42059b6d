using Support.Tenants;

namespace Support.Conversations;

/// <summary>
/// Telegram's limits, kept on our side so that its 429 is the exception: 30 messages a second for a bot, 3 in 3 seconds for
/// a private chat (one a second, with a short burst), 20 a minute for a group. Counted in sliding windows, which no way of
/// counting at the other end finds too many.
/// </summary>
public sealed class SendLimits(TimeProvider clock)
{
    // A little longer than the limit says: messages may arrive closer together than they left.
    private static readonly (int Count, TimeSpan Span) OfBot = (30, TimeSpan.FromSeconds(1.05));
    private static readonly (int Count, TimeSpan Span) OfPrivateChat = (3, TimeSpan.FromSeconds(3.1));
    private static readonly (int Count, TimeSpan Span) OfGroup = (20, TimeSpan.FromSeconds(60.5));
    private static readonly TimeSpan Sweeping = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(BotId Bot, long? Chat), Pace> _paces = [];
    private long _sweptAt = clock.GetTimestamp();

    /// <summary>How many chats and bots are remembered now.</summary>
    public int Remembered
    {
        get
        {
            lock (_lock)
                return _paces.Count;
        }
    }

    /// <returns>Zero: send now, it is counted. Otherwise: ask again after that time; nothing is counted.</returns>
    public TimeSpan Reserve(BotId bot, long chat, bool isGroup)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            SweepIfDue(now);
            var ofBot = PaceOf(bot, null, OfBot);
            var ofChat = PaceOf(bot, chat, isGroup ? OfGroup : OfPrivateChat);
            var opensAt = Math.Max(ofBot.OpensAt, ofChat.OpensAt);
            if (opensAt > now)
                // At least a millisecond: a timer that rounds down to nothing would spin.
                return Max(clock.GetElapsedTime(now, opensAt), TimeSpan.FromMilliseconds(1));
            ofBot.Count(now);
            ofChat.Count(now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The last reservation was not used.</summary>
    public void GiveBack(BotId bot, long chat, bool isGroup)
    {
        lock (_lock)
        {
            PaceOf(bot, null, OfBot).GiveBack();
            PaceOf(bot, chat, isGroup ? OfGroup : OfPrivateChat).GiveBack();
        }
    }

    /// <summary>Nothing of this bot leaves for so long (a 429 that concerns all of it).</summary>
    public void Pause(BotId bot, TimeSpan time) => Pause(bot, null, OfBot, time);

    /// <summary>Nothing leaves to this chat for so long (429 with retry_after).</summary>
    public void Pause(BotId bot, long chat, bool isGroup, TimeSpan time) => Pause(bot, chat, isGroup ? OfGroup : OfPrivateChat, time);

    private void Pause(BotId bot, long? chat, (int, TimeSpan) limit, TimeSpan time)
    {
        lock (_lock)
            PaceOf(bot, chat, limit).PauseUntil(clock.GetTimestamp() + Ticks(time));
    }

    private Pace PaceOf(BotId bot, long? chat, (int Count, TimeSpan Span) limit)
    {
        if (!_paces.TryGetValue((bot, chat), out var pace))
            _paces.Add((bot, chat), pace = new Pace(limit.Count, Ticks(limit.Span)));
        return pace;
    }

    private void SweepIfDue(long now)
    {
        if (clock.GetElapsedTime(_sweptAt, now) < Sweeping)
            return;
        _sweptAt = now;
        foreach (var (key, pace) in _paces)
            if (pace.IsIdle(now))
                _paces.Remove(key);
    }

    private long Ticks(TimeSpan time) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    /// <summary>The times of the last messages, as many as the window allows.</summary>
    private sealed class Pace(int count, long span)
    {
        // When each of the last messages leaves the window; the oldest is at _oldest.
        private readonly long[] _freeAt = CreateFilled(count);
        private int _oldest;
        private long _pausedUntil = long.MinValue;

        public long OpensAt => Math.Max(_freeAt[_oldest], _pausedUntil);

        public void Count(long now)
        {
            _freeAt[_oldest] = now + span;
            _oldest = (_oldest + 1) % _freeAt.Length;
        }

        public void GiveBack()
        {
            _oldest = (_oldest + _freeAt.Length - 1) % _freeAt.Length;
            _freeAt[_oldest] = long.MinValue;
        }

        public void PauseUntil(long time) => _pausedUntil = Math.Max(_pausedUntil, time);

        public bool IsIdle(long now) => _pausedUntil <= now && Array.TrueForAll(_freeAt, time => time <= now);

        private static long[] CreateFilled(int count)
        {
            var times = new long[count];
            Array.Fill(times, long.MinValue);
            return times;
        }
    }
}
