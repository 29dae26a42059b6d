using System.Globalization;
using System.Text.RegularExpressions;

namespace Support.FunctionsHost.Invocations;

/// <summary>A text that the host's JSON reader takes for a time, whether that was meant or not.</summary>
internal static partial class IsoTime
{
    public static DateTime? Read(string text) =>
        Form().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.UtcDateTime : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)?\z")]
    private static partial Regex Form();
}
