namespace Support.Retrieval;

/// <summary>What the formulas know of a chunk: its words as numbers, title first, and its lengths.</summary>
internal abstract class ChunkShape
{
    public abstract required int[] Words { get; init; }

    /// <summary>Where in <see cref="Words"/> each unit begins: the title if there is one, then each sentence or line.</summary>
    public required int[] Units { get; init; }

    public required int TitleWords { get; init; }

    public required int BodyWords { get; init; }

    public required int TitleGrams { get; init; }

    public required int BodyGrams { get; init; }

    /// <summary>The title is a question (a FAQ entry's).</summary>
    public required bool TitleAsks { get; init; }

    /// <summary>The text begins by saying yes or no.</summary>
    public required bool SaysYesOrNo { get; init; }

    /// <summary>Adjacent words, not across title and body.</summary>
    public int Pairs => Math.Max(0, TitleWords - 1) + Math.Max(0, BodyWords - 1);

    public int[] StemsOf(Lexicon lexicon) => Array.ConvertAll(Words, word => lexicon[word].Stem);
}
