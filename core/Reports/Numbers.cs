using System.Globalization;

namespace Support.Reports;

/// <summary>Numbers as they are written in a language. By hand, because the desk runs without the system's cultures.</summary>
public static class Numbers
{
    private const string NoBreakSpace = "\u00A0";

    private static readonly NumberFormatInfo English = NumberFormatInfo.InvariantInfo;

    private static readonly NumberFormatInfo Russian = new() { NumberGroupSeparator = NoBreakSpace, NumberDecimalSeparator = "," };

    /// <summary>"12,345" or "12 345".</summary>
    public static string Count(string language, long count) => count.ToString("#,0", For(language));

    /// <summary>"75%" or "75 %". Nothing of nothing is 0.</summary>
    public static string Share(string language, long part, long whole)
    {
        var percent = whole == 0 ? 0 : Math.Round(100.0 * part / whole, MidpointRounding.AwayFromZero);
        return Percent(language, percent);
    }

    /// <summary>"7.5%" or "7,5 %".</summary>
    public static string Percent(string language, double percent) => Decimal(language, percent) + (language == "ru" ? NoBreakSpace + "%" : "%");

    /// <summary>"+12", "−3" or "±0".</summary>
    public static string Difference(string language, long now, long before) => (now - before) switch
    {
        0 => "±0",
        > 0 and var more => "+" + Count(language, more),
        var less => "−" + Count(language, -less),
    };

    /// <summary>At most one digit after the point: "1.5" or "1,5".</summary>
    public static string Decimal(string language, double value) => value.ToString("0.#", For(language));

    /// <summary>"23 Feb" or "23.02".</summary>
    public static string Day(string language, DateOnly day) => day.ToString(language == "ru" ? "dd.MM" : "d MMM");

    private static NumberFormatInfo For(string language) => language == "ru" ? Russian : English;
}
