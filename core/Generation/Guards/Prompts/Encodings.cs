using System.Text;
using System.Text.RegularExpressions;

namespace Support.Generation.Guards;

/// <summary>Text that was written in base64, hexadecimal or ROT13 so that nobody reads it.</summary>
internal static class Encodings
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Base64 = new("[A-Za-z0-9+/_-]{16,}={0,2}", Options);
    private static readonly Regex Hexadecimal = new(@"(?:(?:0x|\\x|%)?[0-9A-Fa-f]{2}[ ,]?){8,}", Options);

    /// <summary>What the encoded parts of a text say, where they say something readable.</summary>
    public static IEnumerable<string> Decode(string text)
    {
        foreach (Match match in Base64.Matches(text))
            if (OfBase64(match.Value) is { } decoded)
                yield return decoded;
        foreach (Match match in Hexadecimal.Matches(text))
            if (OfHexadecimal(match.Value) is { } decoded)
                yield return decoded;
    }

    public static string Rot13(string text) => string.Create(text.Length, text, static (rotated, text) =>
    {
        for (var i = 0; i < rotated.Length; i++)
            rotated[i] = text[i] switch
            {
                >= 'a' and <= 'z' => (char)('a' + (text[i] - 'a' + 13) % 26),
                >= 'A' and <= 'Z' => (char)('A' + (text[i] - 'A' + 13) % 26),
                _ => text[i],
            };
    });

    private static string? OfBase64(string text)
    {
        var body = text.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        body = body[..(body.Length - (body.Length % 4 == 1 ? 1 : 0))];
        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body.PadRight((body.Length + 3) / 4 * 4, '='), bytes, out var count) ? Readable(bytes.AsSpan(0, count)) : null;
    }

    private static string? OfHexadecimal(string text)
    {
        var digits = string.Concat(text.Replace("0x", "", StringComparison.Ordinal).Where(char.IsAsciiHexDigit));
        return Readable(Convert.FromHexString(digits[..(digits.Length / 2 * 2)]));
    }

    /// <summary>UTF-8 of letters, spaces and marks; random bytes are not.</summary>
    private static string? Readable(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var letters = text.Count(c => char.IsLetter(c) || c == ' ');
        return letters >= .8 * text.Length && !text.Contains('\uFFFD') && text.Length >= 8 ? text : null;
    }
}
