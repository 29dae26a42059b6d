namespace Support.Text;

/// <summary>Snowball's English stemmer (Porter2), https://snowballstem.org/algorithms/english/stemmer.html, for folded words without apostrophes.</summary>
public static class EnglishStemmer
{
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["skis"] = "ski",
        ["skies"] = "sky",
        ["dying"] = "die",
        ["lying"] = "lie",
        ["tying"] = "tie",
        ["idly"] = "idl",
        ["gently"] = "gentl",
        ["ugly"] = "ugli",
        ["early"] = "earli",
        ["only"] = "onli",
        ["singly"] = "singl",
        ["sky"] = "sky",
        ["news"] = "news",
        ["howe"] = "howe",
        ["atlas"] = "atlas",
        ["cosmos"] = "cosmos",
        ["bias"] = "bias",
        ["andes"] = "andes",
    };

    private static readonly string[] DoneAfterPlural = ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

    private static readonly string[] Doubles = ["bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"];

    // Longest first wherever one ending ends another: the longest that matches decides, even if its condition then fails.
    private static readonly (string Ending, string Replacement)[] Second =
    [
        ("ization", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"), ("tional", "tion"), ("biliti", "ble"),
        ("lessli", "less"), ("entli", "ent"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("ousli", "ous"), ("iviti", "ive"), ("fulli", "ful"),
        ("enci", "ence"), ("anci", "ance"), ("abli", "able"), ("izer", "ize"), ("ator", "ate"), ("alli", "al"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Ending, string Replacement)[] Third =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ative", ""), ("ical", "ic"), ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Fourth =
    [
        "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic",
    ];

    public static string Stem(string word)
    {
        if (word.Length <= 2)
            return word;
        if (Exceptions.TryGetValue(word, out var exception))
            return exception;
        word = MarkConsonantY(word);
        var first = FirstRegion(word);
        var second = RegionAfter(word, first);
        word = Plural(word);
        if (Array.IndexOf(DoneAfterPlural, word) >= 0)
            return word;
        word = PastOrGerund(word, first);
        if (word.Length > 2 && word[^1] is 'y' or 'Y' && !IsVowel(word[^2]))
            word = word[..^1] + "i";
        word = Replace(word, first, second, Second);
        word = Replace(word, first, second, Third);
        word = Delete(word, second);
        word = FinalLetter(word, first, second);
        return word.Replace('Y', 'y');
    }

    private static string MarkConsonantY(string word)
    {
        if (!word.Contains('y'))
            return word;
        var letters = word.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
            if (letters[i] == 'y' && (i == 0 || IsVowel(letters[i - 1])))
                letters[i] = 'Y';
        return new string(letters);
    }

    private static int FirstRegion(string word)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["gener", "commun", "arsen"])
            if (word.StartsWith(prefix, StringComparison.Ordinal))
                return prefix.Length;
        return RegionAfter(word, 0);
    }

    /// <summary>Where the region after the first consonant that follows a vowel begins.</summary>
    private static int RegionAfter(string word, int from)
    {
        for (var i = from + 1; i < word.Length; i++)
            if (!IsVowel(word[i]) && IsVowel(word[i - 1]))
                return i + 1;
        return word.Length;
    }

    private static string Plural(string word)
    {
        if (Ends(word, "sses"))
            return word[..^2];
        if (Ends(word, "ied") || Ends(word, "ies"))
            return word.Length > 4 ? word[..^2] : word[..^1];
        if (Ends(word, "us") || Ends(word, "ss") || !Ends(word, "s"))
            return word;
        return HasVowel(word.AsSpan(0, Math.Max(0, word.Length - 2))) ? word[..^1] : word;
    }

    private static string PastOrGerund(string word, int first)
    {
        foreach (var ending in (ReadOnlySpan<string>)["eedly", "eed"])
            if (Ends(word, ending))
                return word.Length - ending.Length >= first ? word[..^(ending.Length - 2)] : word;
        foreach (var ending in (ReadOnlySpan<string>)["ingly", "edly", "ing", "ed"])
        {
            if (!Ends(word, ending))
                continue;
            var rest = word[..^ending.Length];
            if (!HasVowel(rest))
                return word;
            if (Ends(rest, "at") || Ends(rest, "bl") || Ends(rest, "iz"))
                return rest + "e";
            if (rest.Length >= 2 && Array.IndexOf(Doubles, rest[^2..]) >= 0)
                return rest[..^1];
            return rest.Length == first && EndsInShortSyllable(rest, rest.Length) ? rest + "e" : rest;
        }
        return word;
    }

    private static string Replace(string word, int first, int second, (string Ending, string Replacement)[] endings)
    {
        foreach (var (ending, replacement) in endings)
        {
            if (!Ends(word, ending))
                continue;
            var at = word.Length - ending.Length;
            var allowed = at >= first && ending switch
            {
                "ogi" => at > 0 && word[at - 1] == 'l',
                "li" => at > 0 && "cdeghkmnrt".Contains(word[at - 1]),
                "ative" => at >= second,
                _ => true,
            };
            return allowed ? word[..at] + replacement : word;
        }
        return word;
    }

    private static string Delete(string word, int second)
    {
        foreach (var ending in Fourth)
        {
            if (!Ends(word, ending))
                continue;
            var at = word.Length - ending.Length;
            var allowed = at >= second && (ending != "ion" || at > 0 && word[at - 1] is 's' or 't');
            return allowed ? word[..at] : word;
        }
        return word;
    }

    private static string FinalLetter(string word, int first, int second)
    {
        var at = word.Length - 1;
        if (at < 0)
            return word;
        if (word[at] == 'e' && (at >= second || at >= first && !EndsInShortSyllable(word, at)))
            return word[..at];
        return word[at] == 'l' && at >= second && at > 0 && word[at - 1] == 'l' ? word[..at] : word;
    }

    private static bool EndsInShortSyllable(string word, int length)
    {
        if (length < 2 || IsVowel(word[length - 1]) || !IsVowel(word[length - 2]))
            return false;
        return length == 2 || !IsVowel(word[length - 3]) && word[length - 1] is not ('w' or 'x' or 'Y');
    }

    private static bool Ends(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);

    private static bool HasVowel(ReadOnlySpan<char> letters)
    {
        foreach (var c in letters)
            if (IsVowel(c))
                return true;
        return false;
    }

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
