using System.Globalization;
using System.Text.RegularExpressions;
using Support.Confidence;

namespace Support.Labels;

/// <summary>What an owner writes after /target.</summary>
public abstract partial record ReadTarget
{
    private ReadTarget() { }

    public const double Least = .01;
    public const double Most = .5;

    /// <param name="Rate">Between <see cref="Least"/> and <see cref="Most"/>.</param>
    public sealed record Rate(double Wrong) : ReadTarget;

    /// <param name="Threshold">Between 0 and 1.</param>
    public sealed record Fixed(double Threshold) : ReadTarget;

    public sealed record People : ReadTarget;

    /// <param name="Problem">The text that says what was wrong, a key of Texts/*.json that takes the value.</param>
    public sealed record Unreadable(string Value, string Problem) : ReadTarget;

    /// <param name="text">"5%", "5", "0.05", "0,05"; "fixed 0.7", "порог 0,7"; "people", "люди".</param>
    public static ReadTarget Of(string text)
    {
        var value = text.Trim();
        if (PeopleWord().IsMatch(value))
            return new People();
        if (FixedForm().Match(value) is { Success: true } threshold)
            return Number(threshold.Groups["n"].Value, threshold.Groups["n"].Success) is var at && at is >= 0 and <= 1 ? new Fixed(at) : new Unreadable(value, "target.bad.threshold");
        if (RateForm().Match(value) is not { Success: true } rate)
            return new Unreadable(value, "target.bad");
        var number = Number(rate.Groups["n"].Value, true);
        // Nobody promises less than one wrong answer in a hundred here, so below 1 it is a part and not a percentage.
        var part = rate.Groups["percent"].Success || number >= 1 ? number / 100 : number;
        return part is >= Least and <= Most ? new Rate(part) : new Unreadable(value, "target.out.of.range");
    }

    private static double Number(string text, bool given) =>
        given ? double.Parse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : TenantConfidence.ClassicThreshold;

    [GeneratedRegex(@"^(?<n>\d{1,6}([.,]\d{1,6})?|[.,]\d{1,6})\s*(?<percent>%)?$")]
    private static partial Regex RateForm();

    [GeneratedRegex(@"^(fixed|threshold|порог)(\s+(?<n>\d{1,6}([.,]\d{1,6})?|[.,]\d{1,6}))?$", RegexOptions.IgnoreCase)]
    private static partial Regex FixedForm();

    [GeneratedRegex(@"^(people|люди|людям)$", RegexOptions.IgnoreCase)]
    private static partial Regex PeopleWord();
}
