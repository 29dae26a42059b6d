using Support.Text;

namespace Support.Retrieval.Outside;

/// <summary>What must be known of a tenant's counts to plan a question: its stems, their families and relatives, its 4-grams, its pairs of stems, and what its words sound like.</summary>
internal sealed class AskedTerms
{
    private readonly Dictionary<string, string> _stemsByKey = new(StringComparer.Ordinal);
    private readonly HashSet<string> _families = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _grams = [];
    private readonly Dictionary<long, (string First, string Second)> _pairs = [];
    private readonly HashSet<int> _sounds = [];

    public string[] Stems => [.. _stemsByKey.Keys];

    /// <summary>Whole, where <see cref="Stems"/> are cut for being too long.</summary>
    public IReadOnlyCollection<string> WholeStems => _stemsByKey.Values;

    /// <summary>Letters that stems of one family begin with.</summary>
    public string[] Families => [.. _families];

    public long[] Grams => [.. _grams.Select(gram => (long)gram)];

    public long[] Pairs => [.. _pairs.Keys];

    /// <summary>See <see cref="SoundAlikes.SkeletonOf"/>.</summary>
    public int[] Sounds => [.. _sounds];

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
            asked.Hear(token);
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

    /// <summary>Also whether these words, or some that sound like them, are known.</summary>
    public AskedTerms With(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            Add(Stemmer.Stem(word));
            Hear(word);
        }
        return this;
    }

    /// <summary>Also in how many chunks these stems stand.</summary>
    public AskedTerms WithStems(IEnumerable<string> stems)
    {
        foreach (var stem in stems)
            Add(stem);
        return this;
    }

    // Words of grammar are never looked up by ear.
    private void Hear(string word)
    {
        if (!WordLists.Function.Contains(word) && SoundAlikes.SkeletonOf(word) is not 0 and var sound)
            _sounds.Add(sound);
    }

    private void Add(string stem) => _stemsByKey.TryAdd(TermHash.StemKey(stem), stem);
}
