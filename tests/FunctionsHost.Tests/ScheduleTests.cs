using System.Globalization;
using Support.FunctionsHost.Timers;

namespace Support.Tests.FunctionsHost;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-03-01T12:00:00Z", "2026-03-01T12:05:00Z")]
    [InlineData("0 */5 * * * *", "2026-03-01T12:04:59.9Z", "2026-03-01T12:05:00Z")]
    [InlineData("*/20 * * * * *", "2026-03-01T12:00:00Z", "2026-03-01T12:00:20Z")]
    [InlineData("30 59 23 * * *", "2026-03-01T23:59:30Z", "2026-03-02T23:59:30Z")]
    [InlineData("0 0 9 * * 1", "2026-03-01T12:00:00Z", "2026-03-02T09:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2026-03-01T12:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 0 13 * 5", "2026-03-14T00:00:00Z", "2026-11-13T00:00:00Z")]
    [InlineData("0 10-20/5,40 8,18 1 1-3 *", "2026-03-01T08:15:00Z", "2026-03-01T08:20:00Z")]
    [InlineData("0 10-20/5,40 8,18 1 1-3 *", "2026-03-01T08:20:00Z", "2026-03-01T08:40:00Z")]
    [InlineData("0 10-20/5,40 8,18 1 1-3 *", "2026-03-01T08:40:00Z", "2026-03-01T18:10:00Z")]
    [InlineData("0 10-20/5,40 8,18 1 1-3 *", "2026-03-01T18:40:00Z", "2027-01-01T08:10:00Z")]
    [InlineData("50/5 0 0 1 1 *", "2026-01-01T00:00:50Z", "2026-01-01T00:00:55Z")]
    public void The_next_time(string schedule, string after, string expected) =>
        Assert.Equal(At(expected), Schedule.Parse(schedule).NextAfter(At(after)));

    [Theory]
    [InlineData("*/5 * * * *", "has 5 fields; it must have six")]
    [InlineData("00:05:00", "has 1 fields")]
    [InlineData("60 * * * * *", "has '60' as second; it must be a number from 0 to 59")]
    [InlineData("0 0 24 * * *", "has '24' as hour")]
    [InlineData("0 0 0 0 * *", "has '0' as day; it must be a number from 1 to 31")]
    [InlineData("0 0 0 * 13 *", "has '13' as month")]
    [InlineData("0 0 0 * * 7", "has '7' as day of the week")]
    [InlineData("0 */0 * * * *", "has '0' as step of the minute")]
    [InlineData("0 9-5 * * * *", "ends before it begins")]
    [InlineData("0 , * * * *", "has '' as minute")]
    [InlineData("0 1-2-3 * * * *", "a part is *, a number")]
    [InlineData("0 +5 * * * *", "has '+5' as minute")]
    [InlineData("0 0 0 30 2 *", "matches no day at all")]
    public void What_is_wrong_is_said(string schedule, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Schedule.Parse(schedule)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("*/30 * * * * *", false)]
    [InlineData("0 * * * * *", true)]
    public void A_schedule_is_monitored_from_a_minute_on(string schedule, bool expected) =>
        Assert.Equal(expected, Schedule.Parse(schedule).IsMonitored(At("2026-03-01T12:00:00Z")));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);
}
