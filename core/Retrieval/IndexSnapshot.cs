namespace Support.Retrieval;

/// <summary>All of a tenant's chunks at one moment, with the numbers that depend on all of them. Never changes.</summary>
internal sealed class IndexSnapshot
{
    public IndexSnapshot(Lexicon lexicon, IReadOnlyList<Segment> segments)
    {
        Lexicon = lexicon;
        Statistics = CollectionStatistics.Of(segments.SelectMany(segment => segment.LiveEntries()));
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

    /// <summary>Room for chunks, removed ones included: the length of an array of scores.</summary>
    public int Slots { get; }

    public int ChunksWithStem(int stem)
    {
        var chunks = 0;
        foreach (var placed in Segments)
            chunks += placed.Segment.Stems.LiveChunks(stem);
        return chunks;
    }

    public int ChunksWithGram(int gram)
    {
        var chunks = 0;
        foreach (var placed in Segments)
            chunks += placed.Segment.Grams.LiveChunks(gram);
        return chunks;
    }

    public int ChunksWithPair(ulong pair)
    {
        var chunks = 0;
        foreach (var placed in Segments)
            chunks += placed.Segment.Pairs.LiveChunks(pair);
        return chunks;
    }

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
        var bodyB = Bm25F.BodyB(all.Spread);
        var stems = new FieldNorm[segment.Entries.Length];
        var grams = new FieldNorm[segment.Entries.Length];
        for (var i = 0; i < stems.Length; i++)
        {
            var entry = segment.Entries[i];
            var titleWeight = entry.TitleAsks ? Bm25F.QuestionTitleWeight : Bm25F.TitleWeight;
            stems[i] = new FieldNorm(
                (float)(titleWeight / Bm25F.Norm(Bm25F.TitleB, entry.TitleWords, all.TitleWords)),
                (float)(1 / Bm25F.Norm(bodyB, entry.BodyWords, all.BodyWords)));
            grams[i] = new FieldNorm(
                (float)(titleWeight / Bm25F.Norm(Bm25F.TitleB, entry.TitleGrams, all.TitleGrams)),
                (float)(1 / Bm25F.Norm(bodyB, entry.BodyGrams, all.BodyGrams)));
        }
        return new FieldNorms(stems, grams);
    }
}

internal readonly record struct FieldNorm(float Title, float Body);
