namespace Support.Retrieval;

/// <summary>In how many of a tenant's live chunks a term stands: counted in the segments that hold them all, or as PostgreSQL keeps it.</summary>
internal interface ITermCounts
{
    int ChunksWithStem(int stem);

    int ChunksWithGram(int gram);

    /// <param name="pair">See <see cref="PairCounts.Pair"/>.</param>
    int ChunksWithPair(ulong pair);
}

/// <summary>All live chunks are in these segments.</summary>
internal sealed class SegmentCounts(IReadOnlyList<Segment> segments) : ITermCounts
{
    public int ChunksWithStem(int stem)
    {
        var chunks = 0;
        foreach (var segment in segments)
            chunks += segment.Stems.LiveChunks(stem);
        return chunks;
    }

    public int ChunksWithGram(int gram)
    {
        var chunks = 0;
        foreach (var segment in segments)
            chunks += segment.Grams.LiveChunks(gram);
        return chunks;
    }

    public int ChunksWithPair(ulong pair)
    {
        var chunks = 0;
        foreach (var segment in segments)
            chunks += segment.Pairs.LiveChunks(pair);
        return chunks;
    }
}
