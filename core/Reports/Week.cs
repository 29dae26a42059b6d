namespace Support.Reports;

/// <summary>Seven days from a Monday on, in UTC.</summary>
public readonly record struct Week(DateOnly Monday)
{
    /// <summary>On the Monday after the week, in UTC.</summary>
    private static readonly TimeSpan ReportedAt = TimeSpan.FromHours(6);

    /// <summary>A report that comes later than this is of no use any more.</summary>
    private static readonly TimeSpan Latest = TimeSpan.FromDays(3);

    public DateTimeOffset From => new(Monday.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    public DateTimeOffset Until => From.AddDays(7);

    public Week Before => new(Monday.AddDays(-7));

    /// <summary>The week whose report is to be sent at this moment; null when it is too early or too late for one.</summary>
    public static Week? DueAt(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var last = new Week(today.AddDays(-(((int)today.DayOfWeek + 6) % 7))).Before;
        var since = now - last.Until;
        return since >= ReportedAt && since <= ReportedAt + Latest ? last : null;
    }
}
