namespace Support.Retrieval.Outside;

/// <summary>By how much each of a tenant's counts changes when chunks come and go. What comes and goes alike is no change.</summary>
internal sealed class TermChanges(Lexicon lexicon)
{
    // Only words that a mistyped one could be meant as.
    private const int LongestWord = QuestionRepair.MostLetters + 2;

    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _grams = [];
    private readonly Dictionary<long, int> _pairs = [];
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly List<ulong> _pairsOfChunk = [];

    public CountChanges<string> Stems => CountChanges<string>.Of(_stems, StringComparer.Ordinal);

    public CountChanges<long> Grams => CountChanges<long>.Of(_grams.Select(one => KeyValuePair.Create((long)one.Key, one.Value)), Comparer<long>.Default);

    public CountChanges<long> Pairs => CountChanges<long>.Of(_pairs, Comparer<long>.Default);

    public CountChanges<string> Words => CountChanges<string>.Of(_words, StringComparer.Ordinal);

    /// <param name="times">1, or -1 for a chunk that goes.</param>
    public void Add(ChunkTerms chunk, int times)
    {
        foreach (var stem in chunk.Stems)
            Count(_stems, TermHash.StemKey(lexicon.StemText(stem)), times);
        foreach (var gram in chunk.DistinctGrams)
            Count(_grams, gram, times);
        PairCounts.Distinct(chunk.Entry, lexicon, _pairsOfChunk);
        foreach (var pair in _pairsOfChunk)
            Count(_pairs, TermHash.Pair(lexicon.StemText((int)(pair >> 32)), lexicon.StemText((int)pair)), times);
        foreach (var word in chunk.Entry.Words)
            if (lexicon.TextOf(word) is { Length: <= LongestWord } text)
                Count(_words, text, times);
    }

    private static void Count<T>(Dictionary<T, int> counts, T key, int times)
        where T : notnull => counts[key] = counts.GetValueOrDefault(key) + times;
}

/// <summary>Changes as columns, in the order of their keys: everybody who changes counts takes their rows in one order.</summary>
internal sealed record CountChanges<T>(T[] Keys, int[] Changes, T[] Lessened)
{
    public static CountChanges<T> Of(IEnumerable<KeyValuePair<T, int>> counts, IComparer<T> order)
    {
        var changed = counts.Where(one => one.Value != 0).OrderBy(one => one.Key, order).ToList();
        return new CountChanges<T>(
            changed.ConvertAll(one => one.Key).ToArray(), changed.ConvertAll(one => one.Value).ToArray(), [.. changed.Where(one => one.Value < 0).Select(one => one.Key)]);
    }
}
