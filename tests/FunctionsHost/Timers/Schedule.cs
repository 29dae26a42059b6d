namespace Support.FunctionsHost.Timers;

/// <summary>An NCRONTAB expression: second, minute, hour, day, month, day of the week (0 is Sunday), in UTC. Day and day of the week must both match.</summary>
internal sealed class Schedule
{
    // A 29 February on a given day of the week comes at least once in 40 years.
    private const int Horizon = 366 * 41;

    private readonly ScheduleField _second;
    private readonly ScheduleField _minute;
    private readonly ScheduleField _hour;
    private readonly ScheduleField _day;
    private readonly ScheduleField _month;
    private readonly ScheduleField _weekday;

    private Schedule(string[] fields)
    {
        _second = ScheduleField.Parse(fields[0], "second", 0, 59);
        _minute = ScheduleField.Parse(fields[1], "minute", 0, 59);
        _hour = ScheduleField.Parse(fields[2], "hour", 0, 23);
        _day = ScheduleField.Parse(fields[3], "day", 1, 31);
        _month = ScheduleField.Parse(fields[4], "month", 1, 12);
        _weekday = ScheduleField.Parse(fields[5], "day of the week", 0, 6);
    }

    /// <exception cref="FormatException">What is wrong, as the end of a sentence that names the schedule.</exception>
    public static Schedule Parse(string text)
    {
        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 6)
            throw new FormatException($"is '{text}' and has {fields.Length} fields; it must have six: second, minute, hour, day, month, day of the week");
        var schedule = new Schedule(fields);
        _ = schedule.NextAfter(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return schedule;
    }

    /// <exception cref="FormatException">No day ever matches, such as 30 February.</exception>
    public DateTimeOffset NextAfter(DateTimeOffset time)
    {
        var first = new DateTime(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerSecond, DateTimeKind.Utc).AddSeconds(1);
        for (var (day, tries) = (first.Date, 0); tries < Horizon; day = day.AddDays(1), tries++)
        {
            if (_month.Matches(day.Month) && _day.Matches(day.Day) && _weekday.Matches((int)day.DayOfWeek) && From(day == first.Date ? first.TimeOfDay : TimeSpan.Zero) is { } found)
                return new DateTimeOffset(day + found, TimeSpan.Zero);
        }

        throw new FormatException("matches no day at all");
    }

    /// <summary>The monitor of a schedule, which the host keeps only when it fires no more often than each minute.</summary>
    public bool IsMonitored(DateTimeOffset now)
    {
        var next = NextAfter(now);
        return NextAfter(next) - next >= TimeSpan.FromMinutes(1);
    }

    private TimeSpan? From(TimeSpan from)
    {
        for (var hour = from.Hours; hour < 24; hour++)
        {
            if (!_hour.Matches(hour))
                continue;
            for (var minute = hour == from.Hours ? from.Minutes : 0; minute < 60; minute++)
            {
                if (!_minute.Matches(minute))
                    continue;
                for (var second = hour == from.Hours && minute == from.Minutes ? from.Seconds : 0; second < 60; second++)
                {
                    if (_second.Matches(second))
                        return new TimeSpan(hour, minute, second);
                }
            }
        }

        return null;
    }
}
