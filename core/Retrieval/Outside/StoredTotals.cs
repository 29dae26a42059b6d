namespace Support.Retrieval.Outside;

/// <summary>A row of knowledge_statistics.</summary>
internal sealed record StoredTotals
{
    public int Shape { get; init; }
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
