using System.Text.RegularExpressions;

namespace Support.Generation.Grounding;

/// <summary>Reads a number as it is written: "15 000", "15,000" and "15000" are one value, "2,4" and "2.4" are one, "09:00" and "9:00" as well.</summary>
internal static partial class NumberText
{
    /// <returns>How many characters the number at the start takes; 0 when there is none.</returns>
    public static int LengthAt(string text, int at) => Shape().Match(text, at) is { Success: true } match && match.Index == at ? match.Length : 0;

    public static string Value(string number)
    {
        if (Thousands().IsMatch(number))
            number = number.Replace(" ", "", StringComparison.Ordinal).Replace("\u00A0", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        if (number.Contains(':'))
            return number.TrimStart('0') is var time && time.StartsWith(':') ? "0" + time : time;
        number = number.Replace(',', '.');
        if (number.Count(c => c == '.') == 1)
            number = number.TrimEnd('0').TrimEnd('.');
        return number.TrimStart('0') is { Length: > 0 } rest ? rest[0] == '.' ? "0" + rest : rest : "0";
    }

    [GeneratedRegex(@"\G(?:[0-9]{1,3}(?:[ ,][0-9]{3}){1,4}(?![0-9])|[0-9]+(?:[.,:][0-9]+)*)", RegexOptions.None, 1_000)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^[0-9]{1,3}(?:[ ,][0-9]{3})+$", RegexOptions.None, 1_000)]
    private static partial Regex Thousands();
}
