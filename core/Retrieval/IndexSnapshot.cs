namespace Support.Retrieval;

/// <summary>
/// The chunks of a tenant that are ranked, with the numbers that depend on all it has. In process these are all its chunks at one moment; where
/// another index found candidates, only those. Never changes.
/// </summary>
internal sealed class IndexSnapshot
{
    public IndexSnapshot(Lexicon lexicon, IReadOnlyList<Segment> segments)
        : this(lexicon, segments, CollectionStatistics.Of(segments.SelectMany(segment => segment.LiveEntries())), new SegmentCounts(segments))
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
            Segments[i] = new PlacedSegment(segments[i], Slots, FieldNorms.Of(segments[i], Statistics));
            Slots += segments[i].Entries.Length;
        }
    }

    public Lexicon Lexicon { get; }

    public PlacedSegment[] Segments { get; }

    public CollectionStatistics Statistics { get; }

    public ITermCounts Counts { get; }

    /// <summary>Room for chunks, removed ones included: the length of an array of scores.</summary>
    public int Slots { get; }

    public ChunkEntry EntryAt(int slot)
    {
        var at = Segments.Length - 1;
        while (Segments[at].Start > slot)
            at--;
        return Segments[at].Segment.Entries[slot - Segments[at].Start];
    }
}

/// <param name="Start">The slot of its first chunk.</param>
internal sealed record PlacedSegment(Segment Segment, int Start, FieldNorms Norms);

/// <summary>For each chunk, what one occurrence in the title and in the body adds to x of <see cref="Bm25F"/>.</summary>
internal sealed record FieldNorms(FieldNorm[] Stems, FieldNorm[] Grams)
{
    public static FieldNorms Of(Segment segment, CollectionStatistics all)
    {
        var stems = new FieldNorm[segment.Entries.Length];
        var grams = new FieldNorm[segment.Entries.Length];
        for (var i = 0; i < stems.Length; i++)
            (stems[i], grams[i]) = Of(segment.Entries[i], all);
        return new FieldNorms(stems, grams);
    }

    public static (FieldNorm Stems, FieldNorm Grams) Of(ChunkEntry entry, CollectionStatistics all)
    {
        var bodyB = Bm25F.BodyB(all.Spread);
        var titleWeight = entry.TitleAsks ? Bm25F.QuestionTitleWeight : Bm25F.TitleWeight;
        return (
            new FieldNorm(
                (float)(titleWeight / Bm25F.Norm(Bm25F.TitleB, entry.TitleWords, all.TitleWords)),
                (float)(1 / Bm25F.Norm(bodyB, entry.BodyWords, all.BodyWords))),
            new FieldNorm(
                (float)(titleWeight / Bm25F.Norm(Bm25F.TitleB, entry.TitleGrams, all.TitleGrams)),
                (float)(1 / Bm25F.Norm(bodyB, entry.BodyGrams, all.BodyGrams))));
    }
}

internal readonly record struct FieldNorm(float Title, float Body);
