using System.Text;

namespace Support.Generation.Guards;

/// <summary>Letters that look alike in two alphabets (Latin "a", Cyrillic "а", Greek "α"), for detection; what people read is left as it is.</summary>
public static class LookAlikes
{
    private static readonly Dictionary<char, char> ToLatinLetters = [];
    private static readonly Dictionary<char, char> ToCyrillicLetters = [];

    static LookAlikes()
    {
        // "а a": a foreign letter and its Latin likeness; the first foreign letter of a Latin one that is Cyrillic is its likeness the other way.
        foreach (var line in GuardData.Lines("look-alikes.txt"))
        {
            ToLatinLetters[line[0]] = line[2];
            if (line[0] is >= '\u0400' and <= '\u045F')
                ToCyrillicLetters.TryAdd(line[2], line[0]);
        }
    }

    /// <summary>Every letter that looks like a Latin one is that one. The length stays.</summary>
    public static string ToLatin(string text) =>
        string.Create(text.Length, text, static (latin, text) =>
        {
            for (var i = 0; i < latin.Length; i++)
                latin[i] = ToLatinLetters.GetValueOrDefault(text[i], text[i]);
        });

    /// <summary>Each word of mixed alphabets is written in the one that has letters without a likeness in the other. The length stays.</summary>
    public static string Unmix(string text)
    {
        var unmixed = new StringBuilder(text);
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && char.IsLetter(text[end]))
                end++;
            if (end > start)
                UnmixWord(text.AsSpan(start, end - start), unmixed, start);
            start = end + 1;
        }
        return unmixed.ToString();
    }

    /// <summary>The word has letters of the Latin and of another alphabet.</summary>
    public static bool IsMixed(ReadOnlySpan<char> word)
    {
        var latin = false;
        var other = false;
        foreach (var c in word)
            if (char.IsLetter(c))
            {
                latin |= c < '\u0250';
                other |= c >= '\u0370';
            }
        return latin && other;
    }

    private static void UnmixWord(ReadOnlySpan<char> word, StringBuilder unmixed, int start)
    {
        if (!IsMixed(word))
            return;
        var cyrillic = 0;
        var latin = 0;
        foreach (var c in word)
        {
            cyrillic += c is >= '\u0400' and <= '\u045F' && !ToLatinLetters.ContainsKey(c) ? 1 : 0;
            latin += char.IsAsciiLetter(c) && !ToCyrillicLetters.ContainsKey(c) ? 1 : 0;
        }
        var letters = cyrillic > latin ? ToCyrillicLetters : ToLatinLetters;
        for (var i = 0; i < word.Length; i++)
            unmixed[start + i] = letters.GetValueOrDefault(word[i], word[i]);
    }
}
