namespace Support.Knowledge;

/// <summary>What a reader made of a file: one page, or one for each record of a file of records.</summary>
/// <param name="Key">Tells a record from the others of its file ("" for a page); stable when the file is replaced.</param>
/// <param name="Title">What a citation names; never empty (the file's name if nothing better).</param>
/// <param name="Link">Where a person can read it; null if nowhere.</param>
/// <param name="Blocks">In reading order.</param>
public sealed record ReadDocument(string Key, string Title, string? Link, IReadOnlyList<Block> Blocks);

/// <summary>A piece of structure that a chunk should not cut if it can be helped.</summary>
public abstract record Block
{
    private Block() { }

    /// <param name="Level">1 is the highest.</param>
    public sealed record Heading(int Level, string Text) : Block;

    public sealed record Paragraph(string Text) : Block;

    /// <summary>Items in order, each possibly of several lines; nested items are indented lines of their item.</summary>
    public sealed record Steps(IReadOnlyList<string> Items, bool Numbered) : Block;

    public sealed record Table(IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows) : Block;

    public sealed record Code(string Text) : Block;

    /// <summary>A FAQ entry: the question is the title of its chunk.</summary>
    public sealed record QuestionAndAnswer(string Question, string Answer) : Block;
}

/// <summary>What came out of reading one file.</summary>
public abstract record Reading
{
    private Reading() { }

    /// <param name="Skipped">What was left out and why, in words for the editor ("row 17: no answer").</param>
    public sealed record Complete(IReadOnlyList<ReadDocument> Documents, IReadOnlyList<string> Skipped) : Reading;

    /// <param name="Reason">Why the file cannot be read and what to do, in words for the editor.</param>
    public sealed record Refused(string Reason) : Reading;
}
