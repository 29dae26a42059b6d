namespace Support.Retrieval.Outside;

/// <summary>The part of a tenant's words and counts that one question needs, as read from PostgreSQL.</summary>
internal sealed class KnownTerms : ITermCounts
{
    private readonly Dictionary<int, int> _stems = [];
    private readonly Dictionary<int, int> _grams = [];
    private readonly Dictionary<ulong, int> _pairs = [];

    public Lexicon Lexicon { get; } = new();

    public int ChunksWithStem(int stem) => _stems.GetValueOrDefault(stem);

    public int ChunksWithGram(int gram) => _grams.GetValueOrDefault(gram);

    public int ChunksWithPair(ulong pair) => _pairs.GetValueOrDefault(pair);

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
