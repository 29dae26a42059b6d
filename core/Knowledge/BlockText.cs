using System.Text;

namespace Support.Knowledge;

/// <summary>How structure reads as plain text: the text of chunks, and of answers made of several blocks.</summary>
public static class BlockText
{
    public static string Render(IEnumerable<Block> blocks)
    {
        var text = new StringBuilder();
        foreach (var rendered in blocks.Select(Render).Where(r => r.Length > 0))
            text.Append(text.Length == 0 ? "" : Separator(text[^1])).Append(rendered);
        return text.ToString();
    }

    public static string Render(Block block) => block switch
    {
        Block.Heading heading => heading.Text.Trim(),
        Block.Paragraph paragraph => paragraph.Text.Trim(),
        Block.Steps steps => string.Join('\n', steps.Items.Select((item, index) => Step(steps, item, index))),
        Block.Table table => string.Join('\n', Lines(table)),
        Block.Code code => code.Text.Trim('\n', '\r').TrimEnd(),
        Block.QuestionAndAnswer entry => $"{entry.Question.Trim()}\n{entry.Answer.Trim()}",
        _ => throw new ArgumentException($"A block of type {block.GetType().Name} has no rendering; add one.", nameof(block)),
    };

    /// <summary>What stands between two blocks: a sentence that announces what follows stays right above it.</summary>
    internal static string Separator(char last) => last == ':' ? "\n" : "\n\n";

    internal static string Step(Block.Steps steps, string item, int index) =>
        steps.Numbered ? $"{index + 1}. {item.Trim()}" : $"• {item.Trim()}";

    internal static string? HeaderLine(Block.Table table) => table.Header.All(string.IsNullOrWhiteSpace) ? null : Line(table.Header);

    internal static IEnumerable<string> RowLines(Block.Table table) =>
        table.Rows.Where(row => !row.All(string.IsNullOrWhiteSpace)).Select(Line);

    private static IEnumerable<string> Lines(Block.Table table) =>
        HeaderLine(table) is { } header ? RowLines(table).Prepend(header) : RowLines(table);

    // Two columns are nearly always a term and what it means, which a person writes with a colon.
    private static string Line(IReadOnlyList<string> cells) =>
        cells.Count == 2 && !string.IsNullOrWhiteSpace(cells[1])
            ? $"{Cell(cells[0])}: {Cell(cells[1])}"
            : string.Join(" | ", cells.Select(Cell));

    private static string Cell(string cell) =>
        string.IsNullOrWhiteSpace(cell) ? "—" : string.Join(' ', cell.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
