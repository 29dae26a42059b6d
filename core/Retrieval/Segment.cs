using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>Some chunks with their postings. Never changes: removing a chunk makes another segment that shares all but the counts.</summary>
internal sealed class Segment
{
    private readonly byte[] _readers;

    private Segment(KeptChunk[] entries, FieldNorms norms, byte[] readers, Postings stems, Postings grams, PairCounts pairs)
    {
        Entries = entries;
        Norms = norms;
        _readers = readers;
        Stems = stems;
        Grams = grams;
        Pairs = pairs;
        foreach (var reader in readers)
            Live += reader != Nobody ? 1 : 0;
    }

    /// <summary>What stands in <see cref="Readers"/> for a removed chunk.</summary>
    public const byte Nobody = 0;
    public const byte StaffOnly = 1;
    public const byte Everybody = 2;

    public KeptChunk[] Entries { get; }

    /// <summary>As they were when it was built: the greatest values of its postings rest on them.</summary>
    public FieldNorms Norms { get; }

    public Postings Stems { get; }

    public Postings Grams { get; }

    public PairCounts Pairs { get; }

    public int Live { get; }

    /// <summary>Chunks, removed ones included.</summary>
    public int Size => _readers.Length;

    /// <summary>Who may read each chunk.</summary>
    public ReadOnlySpan<byte> Readers => _readers;

    public static byte LeastReader(Audience asking) => asking == Audience.Staff ? StaffOnly : Everybody;

    public static Segment Build(KeptChunk[] entries, Lexicon lexicon, CollectionStatistics statistics) =>
        Build(entries, lexicon, statistics, PairCounts.Build(entries, lexicon));

    /// <param name="statistics">Of the collection, as it is or will soon be: the more they differ from those of a search, the looser its bounds.</param>
    /// <param name="pairs">Counted elsewhere, where the segment is not all there is.</param>
    public static Segment Build(KeptChunk[] entries, Lexicon lexicon, CollectionStatistics statistics, PairCounts pairs)
    {
        var norms = FieldNorms.Of(entries, statistics);
        var readers = Array.ConvertAll(entries, entry => entry.Audience == Audience.Customers ? Everybody : StaffOnly);
        return new Segment(
            entries,
            norms,
            readers,
            Postings.Build(entries, lexicon.Entries, grams: false, lexicon.Stems, norms.Stems),
            Postings.Build(entries, lexicon.Entries, grams: true, lexicon.Grams, norms.Grams),
            pairs);
    }

    public Segment Without(IReadOnlyCollection<int> chunks, Lexicon lexicon)
    {
        var readers = (byte[])_readers.Clone();
        foreach (var chunk in chunks)
            readers[chunk] = Nobody;
        var removed = chunks.Select(chunk => Entries[chunk]).ToList();
        return new Segment(
            Entries,
            Norms,
            readers,
            Stems.Without(removed.Select(entry => entry.StemsOf(lexicon).ToHashSet())),
            Grams.Without(removed.Select(entry => entry.Words.SelectMany(word => lexicon[word].Grams).ToHashSet())),
            Pairs.Without(removed, lexicon));
    }

    public IEnumerable<KeptChunk> LiveEntries()
    {
        for (var i = 0; i < Entries.Length; i++)
            if (_readers[i] != Nobody)
                yield return Entries[i];
    }
}
