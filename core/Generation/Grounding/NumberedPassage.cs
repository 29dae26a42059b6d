namespace Support.Generation.Grounding;

/// <summary>A passage as the writer was given it.</summary>
/// <param name="Number">By which the answer cites it: [1].</param>
/// <param name="Text">As it is published, not as it was cleaned for the prompt.</param>
public sealed record NumberedPassage(int Number, string Title, string Text)
{
    /// <summary>To its document, which an answer that cites it may show; null without one.</summary>
    public string? Link { get; init; }
}
