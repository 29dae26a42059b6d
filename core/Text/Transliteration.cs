using System.Text;

namespace Support.Text;

/// <summary>Russian typed in Latin letters: "oplata" is "оплата". For folded text; spellings people use, not a standard.</summary>
public static class Transliteration
{
    // Longest first: "shch" is one letter, not "sh" and "ch".
    private static readonly (string Latin, string Cyrillic)[] Groups =
    [
        ("shch", "щ"), ("sch", "щ"), ("yo", "е"), ("jo", "е"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"),
        ("ju", "ю"), ("ya", "я"), ("ja", "я"), ("ye", "е"), ("iy", "ий"), ("yy", "ый"),
        ("a", "а"), ("b", "б"), ("c", "ц"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "й"), ("k", "к"), ("l", "л"),
        ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"), ("w", "в"), ("x", "кс"),
        ("z", "з"), ("'", "ь"),
    ];

    public static string ToCyrillic(string text)
    {
        var cyrillic = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == 'y' && !StartsGroup(text, i))
            {
                cyrillic.Append(IsVowel(text, i - 1) ? 'й' : 'ы');
                i++;
                continue;
            }
            var (latin, letters) = Group(text, i);
            cyrillic.Append(letters);
            i += latin;
        }
        return cyrillic.ToString();
    }

    /// <summary>"ye" is one letter only where a word or a syllable begins: "yest" is "есть", "dannye" is "данные".</summary>
    private static bool StartsGroup(string text, int at) =>
        at + 1 < text.Length && (text[at + 1] is 'o' or 'u' or 'a' or 'y'
            || text[at + 1] == 'e' && (at == 0 || !char.IsLetter(text[at - 1]) || IsVowel(text, at - 1)));

    private static bool IsVowel(string text, int at) => at >= 0 && text[at] is 'a' or 'e' or 'i' or 'o' or 'u';

    private static (int Length, string Cyrillic) Group(string text, int at)
    {
        foreach (var (latin, cyrillic) in Groups)
            if (string.CompareOrdinal(text, at, latin, 0, latin.Length) == 0)
                return (latin.Length, cyrillic);
        return (1, text[at].ToString());
    }
}
