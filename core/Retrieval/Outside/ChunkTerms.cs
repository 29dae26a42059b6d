namespace Support.Retrieval.Outside;

/// <summary>The terms of one chunk with how often each stands in title and text.</summary>
internal sealed class ChunkTerms
{
    private readonly Dictionary<int, Times> _stems = [];
    private readonly Dictionary<ulong, Times> _grams = [];

    public ChunkTerms(ChunkEntry entry, Lexicon lexicon)
    {
        Entry = entry;
        Span<ulong> buffer = stackalloc ulong[256];
        for (var i = 0; i < entry.Words.Length; i++)
        {
            var word = lexicon.TextOf(entry.Words[i]);
            var inTitle = i < entry.TitleWords;
            Count(_stems, lexicon[entry.Words[i]].Stem, inTitle);
            var grams = word.Length < buffer.Length ? buffer : new ulong[word.Length];
            var count = Grams.Of(word, grams);
            foreach (var gram in grams[..count])
                Count(_grams, gram, inTitle);
        }
    }

    public ChunkEntry Entry { get; }

    public IEnumerable<int> Stems => _stems.Keys;

    public IEnumerable<ulong> DistinctGrams => _grams.Keys;

    /// <summary>The saturation of each term: what a search multiplies with idf and weight.</summary>
    public ChunkVectors Vectors(CollectionStatistics statistics, Lexicon lexicon)
    {
        var (stemNorm, gramNorm) = FieldNorms.Of(Entry, statistics);
        var stems = new Dictionary<uint, float>(_stems.Count);
        foreach (var (stem, times) in _stems)
            Add(stems, TermHash.Sparse(lexicon.StemText(stem)), times, stemNorm);
        var grams = new Dictionary<uint, float>(_grams.Count);
        foreach (var (gram, times) in _grams)
            Add(grams, TermHash.Sparse(gram), times, gramNorm);
        var chunk = Entry.Chunk;
        return new ChunkVectors(chunk.ChunkId, chunk.DocumentId, chunk.Version, chunk.Audience, SparseVector.Of(stems), SparseVector.Of(grams), Dense: null);
    }

    private static void Add(Dictionary<uint, float> values, uint term, Times times, FieldNorm norm) =>
        values[term] = values.GetValueOrDefault(term) + (float)norm.Saturation(Math.Min(times.InTitle, Impacts.MostTimes), Math.Min(times.InBody, Impacts.MostTimes));

    private static void Count<T>(Dictionary<T, Times> times, T term, bool inTitle)
        where T : notnull
    {
        ref var known = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(times, term, out _);
        known = inTitle ? known with { InTitle = known.InTitle + 1 } : known with { InBody = known.InBody + 1 };
    }

    private readonly record struct Times(int InTitle, int InBody);
}
