using System.Text;

namespace Support.Text;

/// <summary>
/// What a word sounds like, in letters that are the same for both alphabets: "ютуб" and "youtube" are both "iutub". Coarse on purpose: names are
/// written by ear ("вотсап", "ватсап"), so consonants must agree and vowels nearly.
/// </summary>
public static class SoundKey
{
    private const string Vowels = "aeiou";

    // Longest first. Capitals are sounds that take two letters: S as in "shop", C as in "chat", J as in "job".
    private static readonly (string Spelling, string Sound)[] Latin =
    [
        ("tion", "Sn"), ("chr", "hr"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "C"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("qu", "kv"), ("wh", "v"), ("kh", "h"), ("zh", "j"),
        ("you", "iu"), ("ee", "i"), ("ea", "i"), ("oo", "u"), ("ou", "u"), ("ow", "ov"), ("au", "o"), ("ai", "ei"), ("ay", "ei"), ("ey", "ei"), ("ew", "iu"), ("ue", "u"),
        ("ce", "se"), ("ci", "si"), ("cy", "si"), ("c", "k"), ("q", "k"), ("j", "J"), ("x", "ks"), ("w", "v"), ("y", "i"), ("z", "s"),
    ];

    private static readonly (string Spelling, string Sound)[] Cyrillic =
    [
        ("дж", "J"), ("тс", "ts"), ("ай", "ai"), ("а", "a"), ("б", "b"), ("в", "v"), ("г", "g"), ("д", "d"), ("е", "e"), ("ж", "j"), ("з", "s"), ("и", "i"), ("й", "i"), ("к", "k"),
        ("л", "l"), ("м", "m"), ("н", "n"), ("о", "o"), ("п", "p"), ("р", "r"), ("с", "s"), ("т", "t"), ("у", "u"), ("ф", "f"), ("х", "h"), ("ц", "ts"), ("ч", "C"),
        ("ш", "S"), ("щ", "S"), ("ъ", ""), ("ы", "i"), ("ь", ""), ("э", "e"), ("ю", "iu"), ("я", "ia"),
    ];

    /// <param name="word">Folded. Of an inflected Russian word give the stem.</param>
    /// <returns>Empty for what is not all Latin or all Cyrillic letters.</returns>
    public static string Of(string word)
    {
        if (word.Length == 0)
            return "";
        if (word.All(c => c is >= 'a' and <= 'z'))
            return Spell(WithoutSilentE(word), Latin);
        return word.All(c => c is >= 'а' and <= 'я') ? Spell(word, Cyrillic) : "";
    }

    /// <summary>The consonants of a key alone. A hint to look further, not a likeness.</summary>
    public static string Consonants(string key) => string.Concat(key.Where(c => !Vowels.Contains(c)));

    private static string WithoutSilentE(string word) =>
        word.Length <= 3 || word[^1] != 'e' || Vowels.Contains(word[^2]) ? word
        : word[^2] switch { 'c' => word[..^2] + "s", 'g' => word[..^2] + "j", _ => word[..^1] };

    /// <summary>Doubled sounds count once.</summary>
    private static string Spell(string word, (string Spelling, string Sound)[] sounds)
    {
        var key = new StringBuilder(word.Length + 2);
        for (var at = 0; at < word.Length;)
        {
            var (length, sound) = SoundAt(word.AsSpan(at), sounds);
            foreach (var c in sound)
                if (key.Length == 0 || key[^1] != c)
                    key.Append(c);
            at += length;
        }
        return key.ToString();
    }

    private static (int Length, string Sound) SoundAt(ReadOnlySpan<char> rest, (string Spelling, string Sound)[] sounds)
    {
        foreach (var (spelling, sound) in sounds)
            if (rest.StartsWith(spelling, StringComparison.Ordinal))
                return (spelling.Length, sound);
        return (1, rest[..1].ToString());
    }
}
