namespace Support.Text;

/// <summary>Snowball's Russian stemmer, https://snowballstem.org/algorithms/russian/stemmer.html, for folded words (ё is е).</summary>
public static class RussianStemmer
{
    // In each set the endings of the first group stand only after а or я.
    private static readonly EndingSet Gerunds = new(["в", "вши", "вшись"], ["ив", "ивши", "ившись", "ыв", "ывши", "ывшись"]);

    private static readonly EndingSet Adjectives = new([],
    [
        "ее", "ие", "ые", "ое", "ими", "ыми", "ей", "ий", "ый", "ой", "ем", "им", "ым", "ом", "его", "ого", "ему", "ому", "их", "ых", "ую", "юю",
        "ая", "яя", "ою", "ею",
    ]);

    private static readonly EndingSet Participles = new(["ем", "нн", "вш", "ющ", "щ"], ["ивш", "ывш", "ующ"]);

    private static readonly EndingSet Reflexives = new([], ["ся", "сь"]);

    private static readonly EndingSet Verbs = new(
        ["ла", "на", "ете", "йте", "ли", "й", "л", "ем", "н", "ло", "но", "ет", "ют", "ны", "ть", "ешь", "нно"],
        [
            "ила", "ыла", "ена", "ейте", "уйте", "ите", "или", "ыли", "ей", "уй", "ил", "ыл", "им", "ым", "ен", "ило", "ыло", "ено", "ят", "ует",
            "уют", "ит", "ыт", "ены", "ить", "ыть", "ишь", "ую", "ю",
        ]);

    private static readonly EndingSet Nouns = new([],
    [
        "а", "ев", "ов", "ие", "ье", "е", "иями", "ями", "ами", "еи", "ии", "и", "ией", "ей", "ой", "ий", "й", "иям", "ям", "ием", "ем", "ам", "ом",
        "о", "у", "ах", "иях", "ях", "ы", "ь", "ию", "ью", "ю", "ия", "ья", "я",
    ]);

    private static readonly EndingSet Derivational = new([], ["ост", "ость"]);

    private static readonly EndingSet Superlatives = new([], ["ейш", "ейше"]);

    public static string Stem(string word)
    {
        var vowel = IndexOf(word, 0, vowel: true);
        if (vowel < 0)
            return word;
        var region = vowel + 1;
        var second = SecondRegion(word, region);
        word = Inflection(word, region);
        if (word.Length > region && word[^1] == 'и')
            word = word[..^1];
        if (Derivational.Cut(word, second) is { } root)
            word = root;
        return TidyUp(word, region);
    }

    private static string Inflection(string word, int region)
    {
        if (Gerunds.Cut(word, region) is { } gerund)
            return gerund;
        word = Reflexives.Cut(word, region) ?? word;
        if (Adjectives.Cut(word, region) is { } adjective)
            return Participles.Cut(adjective, region) ?? adjective;
        return Verbs.Cut(word, region) ?? Nouns.Cut(word, region) ?? word;
    }

    private static string TidyUp(string word, int region)
    {
        if (Superlatives.Cut(word, region) is { } positive)
            word = positive;
        else if (word.Length > region && word[^1] == 'ь')
            return word[..^1];
        return word.Length >= region + 2 && word.EndsWith("нн", StringComparison.Ordinal) ? word[..^1] : word;
    }

    private static int SecondRegion(string word, int region)
    {
        var at = IndexOf(word, region, vowel: false);
        at = at < 0 ? at : IndexOf(word, at + 1, vowel: true);
        at = at < 0 ? at : IndexOf(word, at + 1, vowel: false);
        return at < 0 ? word.Length : at + 1;
    }

    private static int IndexOf(string word, int from, bool vowel)
    {
        for (var i = from; i < word.Length; i++)
            if (word[i] is 'а' or 'е' or 'и' or 'о' or 'у' or 'ы' or 'э' or 'ю' or 'я' == vowel)
                return i;
        return -1;
    }

    private sealed class EndingSet
    {
        private readonly (string Ending, bool AfterA)[] _endings;

        public EndingSet(string[] afterA, string[] free) =>
            _endings = [.. afterA.Select(e => (e, true)).Concat(free.Select(e => (e, false))).OrderByDescending(e => e.Item1.Length)];

        /// <summary>The word without the longest ending that matches, or null: a shorter ending is no second chance.</summary>
        public string? Cut(string word, int region)
        {
            foreach (var (ending, afterA) in _endings)
            {
                var at = word.Length - ending.Length;
                if (at < region || !word.EndsWith(ending, StringComparison.Ordinal))
                    continue;
                return !afterA || at > region && word[at - 1] is 'а' or 'я' ? word[..at] : null;
            }
            return null;
        }
    }
}
