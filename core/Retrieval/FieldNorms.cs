namespace Support.Retrieval;

/// <summary>What one occurrence of a stem, and of a 4-gram, adds to x of <see cref="Bm25F"/> in a chunk.</summary>
internal static class FieldNorms
{
    public static (FieldNorm Stems, FieldNorm Grams) Of(ChunkShape entry, CollectionStatistics all)
    {
        var titleWeight = entry.TitleAsks ? Bm25F.QuestionTitleWeight : Bm25F.TitleWeight;
        return (
            new FieldNorm(titleWeight / Title(entry.TitleWords, all.TitleWords), 1 / Body(entry.BodyWords, all.BodyWords, all.Spread)),
            new FieldNorm(titleWeight / Title(entry.TitleGrams, all.TitleGrams), 1 / Body(entry.BodyGrams, all.BodyGrams, all.Spread)));
    }

    public static double Title(int length, double average) => Bm25F.Norm(Bm25F.TitleB, length, average);

    public static double Body(int length, double average, double spread) => Bm25F.Norm(Bm25F.BodyB(spread), length, average);
}

internal readonly record struct FieldNorm(double Title, double Body)
{
    public double Saturation(int inTitle, int inBody) => Bm25F.Saturation(inTitle * Title + inBody * Body);
}
