using Support.Reports;

namespace Support.Labels;

/// <summary>Rates and thresholds as people read them.</summary>
internal static class Percent
{
    /// <summary>"2.4%" or "2,4 %"; from ten on without a digit after the point.</summary>
    /// <param name="part">From 0 to 1.</param>
    public static string Of(string language, double part) => Numbers.Percent(language, Math.Round(part * 100, part < .1 ? 1 : 0, MidpointRounding.AwayFromZero));

    /// <summary>"0.7" or "0,65".</summary>
    public static string Threshold(string language, double threshold)
    {
        var number = threshold.ToString("0.0#", System.Globalization.CultureInfo.InvariantCulture);
        return language == "ru" ? number.Replace('.', ',') : number;
    }
}
