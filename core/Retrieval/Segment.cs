using Support.Knowledge;

namespace Support.Retrieval;

/// <summary>Some chunks with their postings. Never changes: removing a chunk makes another segment that shares all but the counts.</summary>
internal sealed class Segment
{
    private readonly byte[] _readers;

    private readonly byte _least;
    private readonly SegmentLengths _lengths;
    private readonly CollectionStatistics _statistics;

    private readonly ChunkPlaces _places;

    private Segment(KeptChunk[] entries, ChunkPlaces places, SegmentLengths lengths, CollectionStatistics statistics, byte[] readers, Postings stems, Postings grams, PairCounts pairs)
    {
        Entries = entries;
        _places = places;
        _lengths = lengths;
        _statistics = statistics;
        _readers = readers;
        Stems = stems;
        Grams = grams;
        Pairs = pairs;
        foreach (var reader in readers)
            Live += reader != Nobody ? 1 : 0;
        _least = readers.Length > 0 ? readers.Min() : Everybody;
    }

    /// <summary>What stands in <see cref="Readers"/> for a removed chunk.</summary>
    public const byte Nobody = 0;
    public const byte StaffOnly = 1;
    public const byte Everybody = 2;

    public KeptChunk[] Entries { get; }

    public Postings Stems { get; }

    public Postings Grams { get; }

    public PairCounts Pairs { get; }

    public int Live { get; }

    /// <summary>Where a chunk stands, be it a removed one; -1 where it is not.</summary>
    public int PlaceOf(long chunk) => _places.Of(chunk);

    /// <summary>Chunks, removed ones included.</summary>
    public int Size => _readers.Length;

    /// <summary>Who may read each chunk.</summary>
    public ReadOnlySpan<byte> Readers => _readers;

    /// <summary>All of it.</summary>
    public bool IsReadableBy(byte least) => _least >= least;

    public static byte ReaderOf(Audience audience) => audience == Audience.Customers ? Everybody : StaffOnly;

    public static byte LeastReader(Audience asking) => asking == Audience.Staff ? StaffOnly : Everybody;

    public static Segment Build(KeptChunk[] entries, Lexicon lexicon, CollectionStatistics statistics) =>
        Build(entries, lexicon, statistics, PairCounts.Build(entries, lexicon));

    /// <param name="statistics">Of the collection, as it is or will soon be: the more they differ from those of a search, the looser its bounds.</param>
    /// <param name="pairs">Counted elsewhere, where the segment is not all there is.</param>
    public static Segment Build(KeptChunk[] entries, Lexicon lexicon, CollectionStatistics statistics, PairCounts pairs)
    {
        var norms = Array.ConvertAll(entries, entry => FieldNorms.Of(entry, statistics));
        var readers = Array.ConvertAll(entries, entry => ReaderOf(entry.Audience));
        return new Segment(
            entries,
            new ChunkPlaces(entries),
            new SegmentLengths(entries),
            statistics,
            readers,
            Postings.Build(entries, lexicon, grams: false, lexicon.Stems, Array.ConvertAll(norms, static norm => norm.Stems)),
            Postings.Build(entries, lexicon, grams: true, lexicon.Grams, Array.ConvertAll(norms, static norm => norm.Grams)),
            pairs);
    }

    /// <summary>The most by which an impact of a stem, and of a 4-gram, would be greater if it were made today.</summary>
    public (double Stems, double Grams) Drift(CollectionStatistics today) => _lengths.Drift(_statistics, today);

    public Segment Without(IReadOnlyCollection<int> chunks, Lexicon lexicon)
    {
        var readers = (byte[])_readers.Clone();
        foreach (var chunk in chunks)
            readers[chunk] = Nobody;
        var removed = chunks.Select(chunk => Entries[chunk]).ToList();
        return new Segment(
            Entries,
            _places,
            _lengths,
            _statistics,
            readers,
            Stems.Without(removed.Select(entry => entry.StemsOf(lexicon).ToHashSet())),
            Grams.Without(removed.Select(entry => GramsOf(entry, lexicon))),
            Pairs.Without(removed, lexicon));
    }

    private static HashSet<int> GramsOf(KeptChunk entry, Lexicon lexicon)
    {
        var grams = new HashSet<int>();
        foreach (var word in entry.Words)
            foreach (var gram in lexicon.GramsOf(word))
                grams.Add(gram);
        return grams;
    }

    public IEnumerable<KeptChunk> LiveEntries()
    {
        for (var i = 0; i < Entries.Length; i++)
            if (_readers[i] != Nobody)
                yield return Entries[i];
    }
}
