using Support.Text;

namespace Support.Retrieval.Outside;

/// <summary>What must be known of a tenant's counts to plan a question: its stems, their families and relatives, its 4-grams and its pairs of stems.</summary>
internal sealed class AskedTerms
{
    private readonly Dictionary<string, string> _stemsByKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _grams = [];
    private readonly Dictionary<long, (string First, string Second)> _pairs = [];

    public string[] Stems => [.. _stemsByKey.Keys];

    /// <summary>Letters that stems of one family begin with.</summary>
    public string[] Families => [.. _families];

    public long[] Grams => [.. _grams.Select(gram => (long)gram)];

    public long[] Pairs => [.. _pairs.Keys];

    public (string First, string Second) PairOf(long key) => _pairs[key];

    /// <returns>Null for a stem that was cut for being too long and was not asked for.</returns>
    public string? StemOf(string key) => _stemsByKey.TryGetValue(key, out var stem) ? stem : key.Contains('#', StringComparison.Ordinal) ? null : key;

    /// <summary>All that a question of these tokens needs.</summary>
    public static AskedTerms Of(IReadOnlyList<string> tokens, Thesaurus thesaurus)
    {
        var asked = new AskedTerms();
        string? previous = null;
        Span<ulong> buffer = stackalloc ulong[256];
        foreach (var token in tokens)
        {
            var stem = Stemmer.Stem(token);
            asked.Add(stem);
            if (stem.Length >= Lexicon.FamilyLetters)
                asked._families.Add(stem[..Lexicon.FamilyLetters]);
            foreach (var relative in thesaurus.RelativesOf(stem))
                asked.Add(relative);
            var grams = token.Length < buffer.Length ? buffer : new ulong[token.Length];
            var count = Retrieval.Grams.Of(token, grams);
            foreach (var gram in grams[..count])
                asked._grams.Add(gram);
            if (previous is not null)
                asked._pairs[TermHash.Pair(previous, stem)] = (previous, stem);
            previous = stem;
        }
        return asked;
    }

    /// <summary>Also whether these words are known.</summary>
    public AskedTerms With(IEnumerable<string> words)
    {
        foreach (var word in words)
            Add(Stemmer.Stem(word));
        return this;
    }

    private void Add(string stem) => _stemsByKey.TryAdd(TermHash.StemKey(stem), stem);
}
