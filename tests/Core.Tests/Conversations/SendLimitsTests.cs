using Support.Contracts;
using Support.Conversations;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Conversations;

public sealed class SendLimitsTests
{
    private static readonly BotId Bot = new(1);
    private readonly ManualClock _clock = new();
    private readonly SendLimits _limits;

    public SendLimitsTests() => _limits = new SendLimits(_clock);

    [Fact]
    public void A_private_chat_gets_three_at_once_and_then_one_a_second_on_average()
    {
        Assert.Equal(3, SentAtOnce(chat: 10, isGroup: false));
        Assert.InRange(_limits.Reserve(Bot, 10, false), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.2));

        var sent = SentIn(TimeSpan.FromSeconds(60), chat: 10, isGroup: false);
        Assert.InRange(sent, 54, 60);
    }

    [Fact]
    public void A_group_never_gets_more_than_twenty_in_any_minute()
    {
        var times = new List<DateTimeOffset>();
        for (var step = 0; step < 3000; step++)
        {
            if (_limits.Reserve(Bot, -10, true) == TimeSpan.Zero)
                times.Add(_clock.GetUtcNow());
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.True(times.Count >= 80, $"{times.Count} messages in five minutes");
        Assert.All(times, start => Assert.InRange(times.Count(t => t >= start && t < start + TimeSpan.FromMinutes(1)), 1, 20));
    }

    [Fact]
    public void A_bot_never_sends_more_than_thirty_in_any_second_however_many_chats_wait()
    {
        Assert.Equal(30, Enumerable.Range(1, 100).Count(chat => _limits.Reserve(Bot, chat, false) == TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, _limits.Reserve(new BotId(2), 1, false));

        _clock.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal(TimeSpan.Zero, _limits.Reserve(Bot, 50, false));
    }

    [Fact]
    public void Waiting_as_long_as_told_is_enough()
    {
        SentAtOnce(chat: 10, isGroup: false);

        _clock.Advance(_limits.Reserve(Bot, 10, false));

        Assert.Equal(TimeSpan.Zero, _limits.Reserve(Bot, 10, false));
    }

    [Fact]
    public void A_refused_reservation_counts_nothing()
    {
        SentAtOnce(chat: 10, isGroup: false);
        for (var i = 0; i < 100; i++)
            Assert.NotEqual(TimeSpan.Zero, _limits.Reserve(Bot, 10, false));

        Assert.Equal(27, Enumerable.Range(100, 100).Count(chat => _limits.Reserve(Bot, chat, false) == TimeSpan.Zero));
    }

    [Fact]
    public void After_a_429_nothing_leaves_to_that_chat_until_the_time_is_over()
    {
        _limits.Pause(Bot, 10, false, TimeSpan.FromSeconds(7));

        Assert.Equal(TimeSpan.FromSeconds(7), _limits.Reserve(Bot, 10, false));
        Assert.Equal(TimeSpan.Zero, _limits.Reserve(Bot, 11, false));
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.Zero, _limits.Reserve(Bot, 10, false));
    }

    [Fact]
    public void A_paused_bot_sends_to_nobody_and_a_shorter_pause_does_not_shorten_it()
    {
        _limits.Pause(Bot, TimeSpan.FromSeconds(9));
        _limits.Pause(Bot, TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(9), _limits.Reserve(Bot, 10, false));
    }

    [Fact]
    public void Idle_chats_are_forgotten_and_paused_ones_are_not()
    {
        for (var chat = 1; chat <= 1000; chat++)
        {
            _limits.Reserve(Bot, chat, false);
            _clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        _limits.Pause(Bot, 5, false, TimeSpan.FromHours(1));
        _clock.Advance(TimeSpan.FromMinutes(2));
        _limits.Reserve(Bot, 1, false);

        Assert.InRange(_limits.Remembered, 3, 10);
        Assert.NotEqual(TimeSpan.Zero, _limits.Reserve(Bot, 5, false));
    }

    [Fact]
    public void Many_threads_together_get_no_more_than_one_would()
    {
        var sent = 0;
        Parallel.For(0, 1000, chat =>
        {
            if (_limits.Reserve(Bot, chat, false) == TimeSpan.Zero)
                Interlocked.Increment(ref sent);
        });

        Assert.Equal(30, sent);
    }

    private int SentAtOnce(long chat, bool isGroup)
    {
        var sent = 0;
        while (_limits.Reserve(Bot, chat, isGroup) == TimeSpan.Zero)
            sent++;
        return sent;
    }

    private int SentIn(TimeSpan time, long chat, bool isGroup)
    {
        var end = _clock.GetUtcNow() + time;
        var sent = 0;
        while (_clock.GetUtcNow() < end)
        {
            var wait = _limits.Reserve(Bot, chat, isGroup);
            if (wait == TimeSpan.Zero)
                sent++;
            else
                _clock.Advance(wait);
        }

        return sent;
    }
}
