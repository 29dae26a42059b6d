namespace Support.Retrieval;

/// <summary>The distinct lengths of a segment's chunks: few, so how far its impacts are from what they would be today is soon told.</summary>
internal sealed class SegmentLengths(IReadOnlyList<ChunkShape> entries)
{
    private readonly int[] _titleWords = Distinct(entries, static entry => entry.TitleWords);
    private readonly int[] _bodyWords = Distinct(entries, static entry => entry.BodyWords);
    private readonly int[] _titleGrams = Distinct(entries, static entry => entry.TitleGrams);
    private readonly int[] _bodyGrams = Distinct(entries, static entry => entry.BodyGrams);

    /// <summary>The most by which an impact of a stem, and of a 4-gram, has grown: 1 if none has.</summary>
    public (double Stems, double Grams) Drift(CollectionStatistics before, CollectionStatistics now) => (
        Math.Max(
            Growth(_titleWords, length => FieldNorms.Title(length, before.TitleWords), length => FieldNorms.Title(length, now.TitleWords)),
            Growth(_bodyWords, length => FieldNorms.Body(length, before.BodyWords, before.Spread), length => FieldNorms.Body(length, now.BodyWords, now.Spread))),
        Math.Max(
            Growth(_titleGrams, length => FieldNorms.Title(length, before.TitleGrams), length => FieldNorms.Title(length, now.TitleGrams)),
            Growth(_bodyGrams, length => FieldNorms.Body(length, before.BodyGrams, before.Spread), length => FieldNorms.Body(length, now.BodyGrams, now.Spread))));

    private static double Growth(int[] lengths, Func<int, double> before, Func<int, double> now)
    {
        var growth = 1.0;
        foreach (var length in lengths)
            growth = Math.Max(growth, before(length) / now(length));
        return growth;
    }

    private static int[] Distinct(IReadOnlyList<ChunkShape> entries, Func<ChunkShape, int> length) => [.. entries.Select(length).Where(static one => one > 0).Distinct()];
}
