namespace Support.Knowledge;

/// <summary>What stands under one heading, with the path of headings above it as title.</summary>
internal sealed record Section(string Title, IReadOnlyList<Block> Blocks);

internal static class Sections
{
    // A heading of more than two or three lines is a paragraph in the wrong style.
    private const int LongestHeading = 60;

    public static IReadOnlyList<Section> Of(ReadDocument document)
    {
        var sections = new List<Section>();
        var path = new List<(int Level, string Text)>();
        var blocks = new List<Block>();
        foreach (var block in document.Blocks)
        {
            if (block is not Block.Heading heading || TokenCount.Estimate(heading.Text) > LongestHeading)
            {
                blocks.Add(block is Block.Heading { Text: var text } ? new Block.Paragraph(text) : block);
                continue;
            }
            Close(heading.Level);
            path.RemoveAll(above => above.Level >= heading.Level);
            path.Add((heading.Level, RepeatsTitle(heading, document) ? "" : heading.Text.Trim()));
        }
        Close(next: 0);
        return sections;

        void Close(int next)
        {
            if (blocks.Count > 0)
                Add(Title(path), blocks);
            // A heading with nothing under it ("Call 8 800 …") says all it has to say: it is text of the section above.
            else if (path.Count > 0 && path[^1].Level >= next && path[^1].Text.Length > 0)
                Add(Title(path[..^1]), [new Block.Paragraph(path[^1].Text)]);
            blocks = [];
        }

        void Add(string title, IReadOnlyList<Block> content)
        {
            if (sections.Count > 0 && sections[^1].Title == title)
                sections[^1] = new Section(title, [.. sections[^1].Blocks, .. content]);
            else
                sections.Add(new Section(title, content));
        }

        string Title(List<(int Level, string Text)> headings) =>
            string.Join(ChunkDraft.BetweenHeadings, headings.Select(heading => heading.Text).Where(text => text.Length > 0).Prepend(document.Title));
    }

    public static bool RepeatsTitle(Block block, ReadDocument document) =>
        block is Block.Heading heading && string.Equals(heading.Text.Trim(), document.Title.Trim(), StringComparison.OrdinalIgnoreCase);
}
