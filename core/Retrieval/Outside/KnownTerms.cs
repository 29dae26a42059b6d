using Support.Text;

namespace Support.Retrieval.Outside;

/// <summary>The part of a tenant's words and counts that one question needs, as read from PostgreSQL.</summary>
internal sealed class KnownTerms : ITermCounts
{
    private readonly Dictionary<int, int> _stems = [];
    private readonly Dictionary<int, int> _grams = [];
    private readonly Dictionary<ulong, int> _pairs = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public Lexicon Lexicon { get; } = new();

    /// <summary>The tenant's own words as they are stored; null when it has none.</summary>
    public string? Synonyms { get; set; }

    public int ChunksWithStem(int stem) => _stems.GetValueOrDefault(stem);

    public int ChunksWithGram(int gram) => _grams.GetValueOrDefault(gram);

    public int ChunksWithPair(ulong pair) => _pairs.GetValueOrDefault(pair);

    /// <summary>These stems were asked for: one that is not here now is in no chunk.</summary>
    public void HasAsked(IEnumerable<string> stems) => _asked.UnionWith(stems);

    /// <summary>Stems that ranking takes for the question's words and that were not asked for yet: other names for them, and names that sound like them.</summary>
    public IReadOnlyCollection<string> Unasked(ReadQuestion question, Thesaurus thesaurus)
    {
        var stems = question.Words.SelectMany(word => thesaurus.RelativesOf(Stemmer.Stem(word.Text)))
            .Concat(SoundingLike(question)).ToHashSet(StringComparer.Ordinal);
        stems.ExceptWith(_asked);
        return stems;
    }

    /// <summary>The stems of known words that sound like a content word of the question.</summary>
    public IEnumerable<string> SoundingLike(ReadQuestion question) =>
        question.Words.Where(word => word.IsContent).SelectMany(word => Lexicon.SoundingLike(word.Text)).Select(word => Lexicon.StemText(Lexicon[word].Stem));

    public void AddStem(string stem, int chunks)
    {
        var id = Lexicon.AddStem(stem);
        if (_stems.TryAdd(id, chunks))
            Lexicon.CountStem(id, chunks);
    }

    public void AddGram(ulong gram, int chunks) => _grams[Lexicon.AddGram(gram)] = chunks;

    /// <summary>Its stems must be added before.</summary>
    public void AddPair(string first, string second, int chunks) =>
        _pairs[PairCounts.Pair(Lexicon.AddStem(first), Lexicon.AddStem(second))] = chunks;

    public void AddWord(string word, int times)
    {
        var id = Lexicon.Add(word);
        if (Lexicon.CountOfWord(id) == 0)
            Lexicon.CountWord(id, times);
    }
}
