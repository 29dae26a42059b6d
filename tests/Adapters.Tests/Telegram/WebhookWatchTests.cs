using Support.Contracts;
using Support.Telegram;
using Support.Telegram.Updates;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class WebhookWatchTests
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);
    private readonly ManualClock _clock = new();
    private readonly WebhookWatch _watch;

    public WebhookWatchTests()
    {
        _watch = new WebhookWatch(_clock);
        _watch.Registered();
        _clock.Advance(TimeSpan.FromHours(2));
    }

    [Fact]
    public void Five_minutes_of_errors_with_updates_waiting_are_enough()
    {
        var started = _clock.GetUtcNow();

        while (!_watch.ShouldPoll(Failing(), null))
            _clock.Advance(Step);

        Assert.InRange(_clock.GetUtcNow() - started, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5.5));
    }

    [Fact]
    public void An_error_that_is_over_is_none()
    {
        var once = Failing();

        Assert.False(PollsWithin(TimeSpan.FromHours(1), () => once));
    }

    [Fact]
    public void Errors_without_anything_waiting_are_none() =>
        Assert.False(PollsWithin(TimeSpan.FromHours(1), () => Failing() with { PendingUpdateCount = 0 }));

    [Fact]
    public void A_delivery_after_the_error_starts_the_five_minutes_anew() =>
        Assert.False(PollsWithin(TimeSpan.FromHours(1), Failing, lastPushed: () => _clock.GetUtcNow()));

    [Fact]
    public void A_delivery_long_before_the_error_changes_nothing()
    {
        var before = _clock.GetUtcNow() - TimeSpan.FromHours(1);

        Assert.True(PollsWithin(TimeSpan.FromMinutes(6), Failing, lastPushed: () => before));
    }

    [Fact]
    public void Errors_from_before_the_registration_do_not_count()
    {
        Assert.False(_watch.ShouldPoll(Failing(), null));
        _clock.Advance(TimeSpan.FromMinutes(3));
        _watch.Registered();

        Assert.False(PollsWithin(TimeSpan.FromMinutes(4), Failing));
    }

    [Fact]
    public void The_webhook_is_registered_again_once_the_address_answers()
    {
        Assert.True(PollsWithin(TimeSpan.FromMinutes(6), Failing));

        Assert.False(_watch.ShouldRegister(addressAnswers: false));
        Assert.True(_watch.ShouldRegister(addressAnswers: true));
    }

    [Fact]
    public void An_address_that_answers_us_but_not_telegram_is_tried_more_and_more_rarely()
    {
        var waits = new List<TimeSpan>();
        for (var round = 0; round < 8; round++)
        {
            Assert.True(PollsWithin(TimeSpan.FromMinutes(6), Failing));
            var left = _clock.GetUtcNow();
            while (!_watch.ShouldRegister(addressAnswers: true))
                _clock.Advance(Step);
            waits.Add(_clock.GetUtcNow() - left);
            _watch.Registered();
        }

        Assert.Equal([0, 2, 4, 8, 16, 32, 60, 60], waits.Select(wait => wait.TotalMinutes));
    }

    [Fact]
    public void An_hour_of_good_service_is_forgiveness()
    {
        Assert.True(PollsWithin(TimeSpan.FromMinutes(6), Failing));
        Assert.True(_watch.ShouldRegister(addressAnswers: true));
        _watch.Registered();
        Assert.False(PollsWithin(TimeSpan.FromMinutes(61), () => new WebhookState("u")));

        Assert.True(PollsWithin(TimeSpan.FromMinutes(6), Failing));
        Assert.True(_watch.ShouldRegister(addressAnswers: true));
    }

    private bool PollsWithin(TimeSpan time, Func<WebhookState> state, Func<DateTimeOffset?>? lastPushed = null)
    {
        for (var end = _clock.GetUtcNow() + time; _clock.GetUtcNow() < end; _clock.Advance(Step))
            if (_watch.ShouldPoll(state(), lastPushed?.Invoke()))
                return true;
        return false;
    }

    private WebhookState Failing() =>
        new("u", 3, (_clock.GetUtcNow() - TimeSpan.FromSeconds(20)).ToUnixTimeSeconds(), "Connection refused");
}
