using Support.Retrieval.Dense;

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

    /// <summary>Some live chunk is for staff alone.</summary>
    public bool HasChunksForStaff => Segments.Any(placed => placed.Segment.Readers.Contains(Segment.StaffOnly));

    /// <summary>Null where there are none.</summary>
    public DenseSnapshot? Vectors { get; init; }

    /// <summary>The same chunks with these vectors.</summary>
    public IndexSnapshot With(DenseSnapshot? vectors) => new(Lexicon, [.. Segments.Select(placed => placed.Segment)], Statistics, Counts) { Vectors = vectors };

    /// <summary>Where a live chunk stands; -1 where it is not.</summary>
    public int SlotOf(long chunk)
    {
        foreach (var placed in Segments)
            if (placed.Segment.PlaceOf(chunk) is >= 0 and var place && placed.Segment.Readers[place] != Segment.Nobody)
                return placed.Start + place;
        return -1;
    }

    /// <summary>See <see cref="Segment.Readers"/>; nobody reads a chunk that is not there.</summary>
    public byte ReaderOf(long chunk)
    {
        foreach (var placed in Segments)
            if (placed.Segment.PlaceOf(chunk) is >= 0 and var place && placed.Segment.Readers[place] != Segment.Nobody)
                return placed.Segment.Readers[place];
        return Segment.Nobody;
    }

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
