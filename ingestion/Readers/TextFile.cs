using System.Text;
using System.Text.Unicode;

namespace Support.Ingestion.Readers;

/// <summary>Turns the bytes of a text file into text: UTF-8, UTF-16 with its mark, or windows-1251 where that gives Russian.</summary>
internal static class TextFile
{
    private static readonly Encoding Windows1251 = CodePagesEncodingProvider.Instance.GetEncoding(1251)
        ?? throw new InvalidOperationException("The runtime lacks the windows-1251 encoding; it is part of System.Text.Encoding.CodePages.");

    /// <returns>Null if the bytes are no text in these encodings.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes) =>
        DecodeAny(bytes) is { } text && LooksLikeText(text) ? text : null;

    private static string? DecodeAny(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(bytes[2..]);
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);

        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        var text = Windows1251.GetString(bytes);
        return IsRussian(text) ? text : null;
    }

    // Other encodings read as windows-1251 give capitals (KOI8-R), one letter of two from a handful (UTF-8), signs (866), or Russian letters inside Latin words (1252).
    private static bool IsRussian(string text)
    {
        int small = 0, capital = 0, foreign = 0, mixed = 0;
        var last = ' ';
        foreach (var c in text)
        {
            if (char.IsAsciiLetter(c) && last is >= 'А' and <= 'я' || char.IsAsciiLetter(last) && c is >= 'А' and <= 'я')
                mixed++;
            last = c;
            if (c is >= 'а' and <= 'я' or 'ё')
                small++;
            else if (c is >= 'А' and <= 'Я' or 'Ё')
                capital++;
            else if (c > 127 && c is not ('«' or '»' or '—' or '–' or '№' or '…' or '\u00A0' or '“' or '”' or '„' or '•' or '°' or '§' or '€'))
                foreign++;
        }
        return small > capital && small + capital > 9 * (foreign + mixed);
    }

    private static bool LooksLikeText(string text)
    {
        var strange = 0;
        foreach (var c in text)
        {
            if (c == '\0')
                return false;
            if (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f' or '\v' or '\u0085') || c == '\uFFFD')
                strange++;
        }
        return strange * 100 <= text.Length;
    }
}
