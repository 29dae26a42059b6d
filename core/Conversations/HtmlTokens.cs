using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Support.Conversations;

internal enum HtmlTokenKind { Character, OpenTag, CloseTag }

/// <summary>One tag, or one character however it is written: itself, a surrogate pair or an entity.</summary>
/// <param name="Units">UTF-16 units the reader sees; 0 for a tag.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HtmlToken(HtmlTokenKind Kind, int Start, int Length, int Units, Rune Character)
{
    public int End => Start + Length;
}

/// <summary>Reads Telegram's HTML as Telegram does: four named entities, numeric ones, and tags. Anything else stands for itself.</summary>
internal static class HtmlTokens
{
    // The longest numeric entity is "&#x10FFFF;", with leading zeros a little more.
    private const int LongestEntity = 12;

    public static IEnumerable<HtmlToken> Of(string html)
    {
        for (var at = 0; at < html.Length;)
        {
            var token = html[at] switch
            {
                '<' => Tag(html, at) ?? Plain(html, at),
                '&' => Entity(html, at) ?? Plain(html, at),
                _ => Plain(html, at),
            };
            at = token.End;
            yield return token;
        }
    }

    private static HtmlToken? Tag(string html, int at)
    {
        var close = at + 1 < html.Length && html[at + 1] == '/';
        var name = at + (close ? 2 : 1);
        if (name >= html.Length || !char.IsAsciiLetter(html[name]))
            return null;
        // A ">" inside a quoted attribute does not end the tag.
        var quote = '\0';
        for (var end = name; end < html.Length; end++)
        {
            var c = html[end];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c == '>')
                return new HtmlToken(close ? HtmlTokenKind.CloseTag : HtmlTokenKind.OpenTag, at, end + 1 - at, 0, default);
        }

        return null;
    }

    private static HtmlToken? Entity(string html, int at)
    {
        var length = html.AsSpan(at, Math.Min(LongestEntity, html.Length - at)).IndexOf(';') + 1;
        if (length == 0 || Decode(html.AsSpan(at + 1, length - 2)) is not { } character)
            return null;
        return new HtmlToken(HtmlTokenKind.Character, at, length, character.Utf16SequenceLength, character);
    }

    private static Rune? Decode(ReadOnlySpan<char> name) => name switch
    {
        "lt" => new Rune('<'),
        "gt" => new Rune('>'),
        "amp" => new Rune('&'),
        "quot" => new Rune('"'),
        ['#', 'x' or 'X', .. var hex] when int.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) => new Rune(code),
        ['#', .. var digits] when int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) => new Rune(code),
        _ => null,
    };

    private static HtmlToken Plain(string html, int at)
    {
        // A lone surrogate is passed on as one unit, read as the replacement character.
        _ = Rune.DecodeFromUtf16(html.AsSpan(at), out var character, out var units);
        return new HtmlToken(HtmlTokenKind.Character, at, units, units, character);
    }
}
