using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace Support.Settings;

/// <summary>One line for whoever set something wrong: which settings, and what about them. Values that cannot be read are not repeated; they may be secrets in the wrong place.</summary>
public static partial class BadSettings
{
    /// <returns>Null when the exception is about something else.</returns>
    public static string? Describe(Exception e) => e switch
    {
        OptionsValidationException one => string.Join(" ", one.Failures),
        AggregateException many when many.InnerExceptions.Select(Describe).ToList() is var all && all.TrueForAll(one => one is not null) => string.Join(" ", all),
        InvalidOperationException when Unreadable().Match(e.Message) is { Success: true } found =>
            $"{found.Groups["path"].Value.Replace(":", "__", StringComparison.Ordinal)} cannot be read: it should be {Kind(found.Groups["type"].Value)}.",
        FormatException => e.Message,
        _ => null,
    };

    private static string Kind(string type) => type switch
    {
        "System.Int32" or "System.Int64" => "a whole number",
        "System.Double" or "System.Single" or "System.Decimal" => "a number, as in 0.5",
        "System.Boolean" => "true or false",
        "System.TimeSpan" => "a time, as in 00:30:00",
        "System.Uri" => "an address",
        "Support.OpenAi.Settings.ServiceKind" => "OpenAi, Azure or Compatible",
        "Support.OpenAi.Settings.RerankDialect" => "Jina or Tei",
        _ => $"a {type}",
    };

    [GeneratedRegex("^Failed to convert configuration value .*at '(?<path>[^']+)' to type '(?<type>[^']+)'", RegexOptions.Singleline)]
    private static partial Regex Unreadable();
}
