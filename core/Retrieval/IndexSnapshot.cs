namespace Support.Retrieval;

/// <summary>
/// The chunks of a tenant that are ranked, with the numbers that depend on all it has. In process these are all its chunks at one moment; where
/// another index found candidates, only those. Never changes.
/// </summary>
internal sealed class IndexSnapshot
{
    public IndexSnapshot(Lexicon lexicon, IReadOnlyList<Segment> segments, CollectionStatistics statistics)
        : this(lexicon, segments, statistics, new SegmentCounts(segments))
    {
    }

    /// <param name="statistics">Of all chunks the tenant has.</param>
    /// <param name="counts">Over all chunks the tenant has.</param>
    public IndexSnapshot(Lexicon lexicon, IReadOnlyList<Segment> segments, CollectionStatistics statistics, ITermCounts counts)
    {
        Lexicon = lexicon;
        Statistics = statistics;
        Counts = counts;
        Segments = new PlacedSegment[segments.Count];
        for (var i = 0; i < Segments.Length; i++)
        {
            Segments[i] = new PlacedSegment(segments[i], Slots, segments[i].Drift(Statistics));
            Slots += BlockMaxima.Count(segments[i].Size) * BlockMaxima.Size;
        }
    }

    public Lexicon Lexicon { get; }

    public PlacedSegment[] Segments { get; }

    public CollectionStatistics Statistics { get; }

    public ITermCounts Counts { get; }

    /// <summary>Room for chunks, removed ones included, in whole blocks: the length of an array of scores.</summary>
    public int Slots { get; }

    public ChunkEntry EntryAt(int slot) => KeptAt(slot).Open(Lexicon);

    public KeptChunk KeptAt(int slot)
    {
        var at = Segments.Length - 1;
        while (Segments[at].Start > slot)
            at--;
        return Segments[at].Segment.Entries[slot - Segments[at].Start];
    }
}

/// <param name="Start">The slot of its first chunk.</param>
/// <param name="Drift">See <see cref="Segment.Drift"/>.</param>
internal sealed record PlacedSegment(Segment Segment, int Start, (double Stems, double Grams) Drift);
