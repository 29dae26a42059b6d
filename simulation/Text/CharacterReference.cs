using System.Globalization;
using System.Text;

namespace Support.Simulation;

/// <summary>The four named references Telegram knows and the numeric ones. Any other ampersand stands for itself.</summary>
internal static class CharacterReference
{
    private const int LongestReference = 10;

    public static bool TryRead(string html, int at, out string character, out int length)
    {
        character = "";
        length = 0;
        var end = html.IndexOf(';', at, Math.Min(LongestReference, html.Length - at));
        if (end < 0)
            return false;
        length = end - at + 1;
        var name = html.AsSpan(at + 1, end - at - 1);
        character = name switch
        {
            "lt" => "<",
            "gt" => ">",
            "amp" => "&",
            "quot" => "\"",
            ['#', 'x' or 'X', .. var hex] => FromNumber(hex, NumberStyles.AllowHexSpecifier),
            ['#', .. var digits] => FromNumber(digits, NumberStyles.None),
            _ => "",
        };
        return character.Length > 0;
    }

    private static string FromNumber(ReadOnlySpan<char> digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var code) && code > 0 && Rune.IsValid(code) ? new Rune(code).ToString() : "";
}
