using System.ComponentModel.DataAnnotations;

namespace Support.Knowledge;

/// <summary>How large a chunk is, in tokens as <see cref="TokenCount"/> estimates them. Changing any of these cuts every document again.</summary>
public sealed class ChunkOptions
{
    public const string Section = "Chunks";

    /// <summary>Where a chunk of a long section ends. Smaller finds more exactly, larger answers more completely.</summary>
    [Range(50, 2_000)] public int Target { get; set; } = 300;

    /// <summary>What no chunk exceeds; a section, table or list up to this size stays whole.</summary>
    [Range(80, 4_000)] public int Max { get; set; } = 450;

    /// <summary>Sentences said again at the start of the next piece of a paragraph that had to be split. 0 for none.</summary>
    [Range(0, 5)] public int OverlapSentences { get; set; } = 2;

    /// <summary>Tokens that the repeated sentences may have together.</summary>
    [Range(0, 400)] public int OverlapTokens { get; set; } = 60;
}
