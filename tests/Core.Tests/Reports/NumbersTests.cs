using Support.Reports;

namespace Support.Tests.Reports;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("en", 1234567, "1,234,567")]
    [InlineData("ru", 1234567, "1\u00A0234\u00A0567")]
    [InlineData("ru", 0, "0")]
    public void Counts(string language, long count, string text) => Assert.Equal(text, Numbers.Count(language, count));

    [Theory]
    [InlineData("en", 1, 3, "33%")]
    [InlineData("ru", 2, 3, "67\u00A0%")]
    [InlineData("en", 0, 0, "0%")]
    public void Shares(string language, long part, long whole, string text) => Assert.Equal(text, Numbers.Share(language, part, whole));

    [Theory]
    [InlineData("en", 1500, 100, "+1,400")]
    [InlineData("ru", 100, 1500, "−1\u00A0400")]
    [InlineData("en", 7, 7, "±0")]
    public void Differences(string language, long now, long before, string text) => Assert.Equal(text, Numbers.Difference(language, now, before));

    [Theory]
    [InlineData("en", "1.5", "23 Feb")]
    [InlineData("ru", "1,5", "23.02")]
    public void Decimals_and_days(string language, string number, string day)
    {
        Assert.Equal(number, Numbers.Decimal(language, 1.5));
        Assert.Equal(day, Numbers.Day(language, new DateOnly(2026, 2, 23)));
    }

    [Theory]
    [InlineData("2026-03-02T05:59:59Z", null)]
    [InlineData("2026-03-02T06:00:00Z", "2026-02-23")]
    [InlineData("2026-03-05T06:00:00Z", "2026-02-23")]
    [InlineData("2026-03-05T06:00:01Z", null)]
    [InlineData("2026-03-08T23:59:59Z", null)]
    [InlineData("2026-01-01T05:00:00Z", "2025-12-22")]
    public void A_week_is_reported_from_monday_six_oclock_on_for_three_days(string now, string? monday) =>
        Assert.Equal(monday, Week.DueAt(DateTimeOffset.Parse(now))?.Monday.ToString("yyyy-MM-dd"));
}
