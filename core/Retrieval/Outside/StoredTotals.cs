namespace Support.Retrieval.Outside;

/// <summary>A row of knowledge_statistics.</summary>
internal sealed record StoredTotals
{
    // Among so few the right ones are candidates whatever their values.
    private const int FewChunks = 50;

    public int Shape { get; init; }
    public int ValuesOf { get; init; }
    public int Chunks { get; init; }
    public int Titled { get; init; }
    public int Bodied { get; init; }
    public long TitleWords { get; init; }
    public long BodyWords { get; init; }
    public long TitleGrams { get; init; }
    public long BodyGrams { get; init; }
    public long Pairs { get; init; }
    public int[] Lengths { get; init; } = [];
    public int[] ChunksOfLength { get; init; } = [];

    public bool IsOfThisShape => Shape == KnowledgeCounts.Shape;

    /// <summary>So many chunks came since all vectors were written that values of old ones and new ones do not compare. Each chunk is written twice at most on average.</summary>
    public bool HasOutgrownValues => Chunks >= 2 * Math.Max(ValuesOf, FewChunks);

    public CollectionTotals ToTotals() => new(Lengths.Zip(ChunksOfLength).ToDictionary(one => one.First, one => one.Second))
    {
        Chunks = Chunks,
        Titled = Titled,
        Bodied = Bodied,
        TitleWords = TitleWords,
        BodyWords = BodyWords,
        TitleGrams = TitleGrams,
        BodyGrams = BodyGrams,
        Pairs = Pairs,
    };
}
