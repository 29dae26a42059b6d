using System.Globalization;

namespace Support.OpenAi.Calls;

/// <summary>When a service wants to be asked again: milliseconds (Azure), seconds, or a date.</summary>
internal static class RetryAfter
{
    /// <summary>Longer than this, whoever asked has more use for the failure than for the wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <param name="header">The value of a header, or null.</param>
    /// <param name="now">For dates.</param>
    public static TimeSpan? Read(Func<string, string?> header, DateTimeOffset now)
    {
        if (Number(header("retry-after-ms")) is { } milliseconds)
            return TimeSpan.FromMilliseconds(milliseconds);
        var text = header("retry-after");
        if (Number(text) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date > now ? date - now : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 0 and < 86_400_000 ? number : null;
}
