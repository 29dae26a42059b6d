namespace Support.Retrieval;

/// <summary>For each chunk of a segment, what one occurrence in the title and in the body adds to x of <see cref="Bm25F"/>.</summary>
/// <param name="StemDrift">The most by which a norm of the segment has grown since its postings were made.</param>
internal sealed record FieldNorms(FieldNorm[] Stems, FieldNorm[] Grams, float StemDrift, float GramDrift)
{
    public static FieldNorms Of(IReadOnlyList<ChunkShape> entries, CollectionStatistics all)
    {
        var stems = new FieldNorm[entries.Count];
        var grams = new FieldNorm[entries.Count];
        for (var i = 0; i < entries.Count; i++)
            (stems[i], grams[i]) = Of(entries[i], all);
        return new FieldNorms(stems, grams, 1, 1);
    }

    /// <summary>The norms of the same chunks in another collection.</summary>
    public FieldNorms For(IReadOnlyList<ChunkShape> entries, CollectionStatistics all)
    {
        var now = Of(entries, all);
        return now with { StemDrift = Drift(now.Stems, Stems), GramDrift = Drift(now.Grams, Grams) };
    }

    public static (FieldNorm Stems, FieldNorm Grams) Of(ChunkShape entry, CollectionStatistics all)
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

    private static float Drift(FieldNorm[] now, FieldNorm[] before)
    {
        var drift = 1f;
        for (var i = 0; i < now.Length; i++)
            drift = Math.Max(drift, Math.Max(now[i].Title / before[i].Title, now[i].Body / before[i].Body));
        return drift;
    }
}

internal readonly record struct FieldNorm(float Title, float Body);
