using System.Text.Json;
using Support.Contracts;

namespace Support.Tests.FunctionsHost;

public sealed class TimerTests
{
    private readonly AppFolder _folder = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task It_fires_when_its_schedule_says_and_tells_when_it_fired_last()
    {
        await using var app = await HostedApp.StartAsync(_folder.Timer("watch-it", "0 */5 * * * *"), clock: _clock);
        _clock.Advance(await _clock.ArmedAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal(("0001-01-01T00:00:00", "2026-03-01T12:05:00+00:00"), Status(await app.EnvelopeAsync()));
        Assert.Contains("""{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":""", app.Envelopes[0].Text, StringComparison.Ordinal);
        Assert.Equal("/watch-it", app.Envelopes[0].Target);
        _clock.Advance(await _clock.ArmedAsync(TimeSpan.FromMinutes(5)));
        Assert.Equal(("2026-03-01T12:05:00+00:00", "2026-03-01T12:10:00+00:00"), Status(await app.EnvelopeAsync(1)));
        Assert.Equal(2, app.Envelopes.Count);
    }

    [Fact]
    public async Task It_fires_at_the_start_and_whenever_a_test_wants()
    {
        await using var app = await HostedApp.StartAsync(_folder.Timer("at-start", "*/30 0 0 1 1 *", onStartup: true).Timer("often", "*/30 * * * * *"), clock: _clock);
        Assert.Equal("/at-start", (await app.EnvelopeAsync()).Target);
        Assert.True(await app.Host.FireTimerAsync("often", CancellationToken.None));
        Assert.Contains("\"ScheduleStatus\":null", app.Envelopes[1].Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => app.Host.FireTimerAsync("other", CancellationToken.None));
    }

    [Fact]
    public async Task A_timer_that_fails_is_not_tried_again_before_its_time()
    {
        await using var app = await HostedApp.StartAsync(_folder.Timer("watch-it", "0 0 * * * *"), clock: _clock, environment: ("HANDLER_STATUS", "500"));
        Assert.False(await app.Host.FireTimerAsync("watch-it", CancellationToken.None));
        Assert.Equal(1, app.Host.Invocations["watch-it"].Failed);
        await _clock.ArmedAsync(TimeSpan.FromHours(1));
        Assert.Single(app.Envelopes);
    }

    private static (string Last, string Next) Status(Got got)
    {
        using var envelope = JsonDocument.Parse(got.Body);
        var status = envelope.RootElement.GetProperty("Data").GetProperty("timer").GetProperty("ScheduleStatus");
        return (status.GetProperty("Last").GetString()!, status.GetProperty("Next").GetString()!);
    }
}
