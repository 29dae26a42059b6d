using System.Text.RegularExpressions;
using Support.Text;

namespace Support.Generation.Guards;

/// <summary>The ways a disguised text can be read: look-alikes, digits for letters, spaced letters, reversed, encoded, Russian in Latin letters.</summary>
internal static class InjectionViews
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Spaced = new(@"(?:^|[^\p{L}])(?<letters>\p{L}(?:[ .\-_*·|]{1,2}\p{L}){4,})(?:[^\p{L}]|$)", Options);
    private static readonly Regex Marks = new(@"[\s_*~`""'«»“”\-]+", Options);

    /// <summary>Distinct readings, folded, with one space between words.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var folded = Folding.Fold(SeenText.Of(text).Text);
        var unmixed = LookAlikes.Unmix(folded);
        var plain = Marks.Replace(unmixed, " ");
        var views = new List<string> { folded, plain };
        if (Leet.Read(unmixed) is var leet && leet != unmixed)
            views.Add(Marks.Replace(leet, " "));
        if (Spaced.IsMatch(unmixed))
            views.Add(Spaced.Replace(unmixed, match => " " + string.Concat(match.Groups["letters"].Value.Where(char.IsLetter)) + " "));
        if (LanguageGuess.Of(plain) == LanguageGuess.English)
            views.Add(Transliteration.ToCyrillic(plain));
        foreach (var decoded in Encodings.Decode(text))
            views.Add(Marks.Replace(Folding.Fold(decoded), " "));
        var reversed = plain.ToCharArray();
        Array.Reverse(reversed);
        views.Add(new string(reversed));
        views.Add(Encodings.Rot13(plain));
        return views.Distinct(StringComparer.Ordinal);
    }

    /// <summary>Signs of hiding itself: invisible characters within words, tags, words of two alphabets, readable text in base64.</summary>
    public static IEnumerable<(string Name, double Weight)> Disguises(string text)
    {
        var tags = 0;
        var hidden = 0;
        for (var at = 0; at < text.Length; at++)
            if (char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                tags += Invisible.IsCode(char.ConvertToUtf32(text[at], text[++at])) ? 1 : 0;
            else if (at > 0 && at + 1 < text.Length && Invisible.Is(text[at]) && text[at] != '\r' && char.IsLetter(text[at - 1]) && text[at] != '\u00AD')
                hidden++;
        if (tags > 6)
            yield return ("tags", .9);
        if (hidden > 3)
            yield return ("hidden-characters", .5);
        if (text.Split(' ', '\n').Count(word => word.Length > 3 && LookAlikes.IsMixed(word) && LookAlikes.Unmix(word) is var read && !LookAlikes.IsMixed(read)) > 1)
            yield return ("look-alikes", .5);
        if (Encodings.Decode(text).Any())
            yield return ("encoded", .6);
    }
}
