namespace Support.Knowledge;

/// <summary>A piece of a document as it is indexed, shown and cited.</summary>
/// <param name="Record">The <see cref="ReadDocument.Key"/> it comes from.</param>
/// <param name="Ordinal">Its place in the file, from 0.</param>
/// <param name="Source">The title a citation names.</param>
/// <param name="Title">Document title and heading path, last heading last, joined with <see cref="BetweenHeadings"/>; a FAQ entry's question. Counts as title in ranking.</param>
/// <param name="Text">Plain text with line breaks; steps and table rows a line each. Without its title.</param>
/// <param name="Hash">SHA-256 of everything above but the ordinal: the same hash is the same chunk.</param>
public sealed record ChunkDraft(string Record, int Ordinal, string Source, string? Link, string Title, string Text, byte[] Hash)
{
    /// <summary>Between the headings of a title.</summary>
    public const string BetweenHeadings = " / ";

    /// <summary>The last heading of a title, which says what the passage itself is about.</summary>
    public static string LastHeading(string title) =>
        title.LastIndexOf(BetweenHeadings, StringComparison.Ordinal) is >= 0 and var at ? title[(at + BetweenHeadings.Length)..] : title;
}
