using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Support.Knowledge;
using Block = Support.Knowledge.Block;

namespace Support.Ingestion.Readers;

/// <summary>Markdig's tree of a text as our blocks.</summary>
internal sealed partial class MarkdownBlocks(LineBreaks lineBreaks)
{
    public List<Block> Of(ContainerBlock container) => Of(container, 0, container.Count);

    private List<Block> Of(ContainerBlock container, int from, int to)
    {
        var blocks = new List<Block>();
        for (var at = from; at < to; at++)
        {
            switch (container[at])
            {
                case HeadingBlock heading:
                    blocks.Add(new Block.Heading(heading.Level, Anchor().Replace(MarkdownInlines.Text(heading.Inline), "")));
                    break;
                case ParagraphBlock paragraph:
                    blocks.Add(new Block.Paragraph(MarkdownInlines.Text(paragraph.Inline)));
                    break;
                case ListBlock list:
                    AddList(blocks, list);
                    break;
                case Table table:
                    blocks.Add(TableOf(table));
                    break;
                case HtmlBlock html:
                    at = AddHtml(blocks, container, at, html);
                    break;
                case CodeBlock code:
                    blocks.Add(new Block.Code(code.Lines.ToString()));
                    break;
                case LinkReferenceDefinitionGroup or ThematicBreakBlock:
                    break;
                case ContainerBlock other:
                    blocks.AddRange(Of(other));
                    break;
                case LeafBlock { Inline: { } inline }:
                    blocks.Add(new Block.Paragraph(MarkdownInlines.Text(inline)));
                    break;
            }
        }
        return blocks;
    }

    private void AddList(List<Block> blocks, ListBlock list)
    {
        var items = list.OfType<ListItemBlock>().Select(Item).ToList();
        var start = list.IsOrdered && int.TryParse(list.OrderedStart, out var number) ? number : 1;
        if (start > 1 && ContinuedList(blocks, start - 1) is { } first)
        {
            // A picture or a command that is not indented ends a list for Markdown, but not for the reader of its steps.
            var before = (Block.Steps)blocks[first];
            var between = BlockText.Render(blocks.Skip(first + 1));
            blocks.RemoveRange(first, blocks.Count - first);
            blocks.Add(new Block.Steps([.. before.Items.SkipLast(1), between.Length == 0 ? before.Items[^1] : before.Items[^1] + "\n" + Indent(between), .. items], true));
        }
        else if (start > 1)
        {
            blocks.Add(new Block.Paragraph(string.Join('\n', items.Select((item, index) => $"{start + index}. {item}"))));
        }
        else
        {
            blocks.Add(new Block.Steps(items, list.IsOrdered));
        }
    }

    private static int? ContinuedList(List<Block> blocks, int items)
    {
        for (var at = blocks.Count - 1; at >= 0 && blocks[at] is not (Block.Heading or Block.QuestionAndAnswer); at--)
        {
            if (blocks[at] is Block.Steps { Numbered: true } steps)
                return steps.Items.Count == items ? at : null;
        }
        return null;
    }

    private string Item(ListItemBlock item)
    {
        var blocks = Of(item);
        var lines = blocks.Select((block, at) => at == 0 && block is Block.Paragraph ? BlockText.Render(block) : Indent(BlockText.Render(block)));
        return string.Join('\n', lines.Where(line => line.Length > 0));
    }

    private static string Indent(string text) => "   " + text.Replace("\n", "\n   ", StringComparison.Ordinal);

    private Block.Table TableOf(Table table)
    {
        var rows = table.OfType<TableRow>().Select(row => (row.IsHeader, Cells: row.OfType<TableCell>().Select(Cell).ToArray())).ToList();
        return new Block.Table(
            rows.FirstOrDefault(row => row.IsHeader).Cells ?? [],
            [.. rows.Where(row => !row.IsHeader).Select(row => row.Cells)]);
    }

    private string Cell(TableCell cell) => BlockText.Render(Of(cell)).ReplaceLineEndings(" ");

    // The content of <details> may be Markdown between two pieces of HTML.
    private int AddHtml(List<Block> blocks, ContainerBlock container, int at, HtmlBlock html)
    {
        var source = html.Lines.ToString();
        if (html.Type == HtmlBlockType.NonInterruptingBlock && !Known().IsMatch(source))
        {
            blocks.Add(new Block.Paragraph(source));
            return at;
        }
        if (!source.Contains("<details", StringComparison.OrdinalIgnoreCase) || source.Contains("</details", StringComparison.OrdinalIgnoreCase))
        {
            blocks.AddRange(HtmlReader.Fragment(source, lineBreaks));
            return at;
        }
        var end = at + 1;
        while (end < container.Count && !(container[end] is HtmlBlock closing && closing.Lines.ToString().Contains("</details", StringComparison.OrdinalIgnoreCase)))
            end++;
        var inner = Of(container, at + 1, end);
        if (end < container.Count)
            inner.AddRange(HtmlReader.Fragment(((HtmlBlock)container[end]).Lines.ToString(), lineBreaks));
        var summary = Summary().Match(source);
        var rest = HtmlReader.Fragment(source.Remove(summary.Index, summary.Length), lineBreaks);
        blocks.Add(new Block.QuestionAndAnswer(
            BlockText.Render(HtmlReader.Fragment(summary.Groups["text"].Value, lineBreaks)),
            BlockText.Render(rest.Concat(inner))));
        return Math.Min(end, container.Count - 1);
    }

    [GeneratedRegex(@"\s*\{#[\w-]+\}\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Anchor();

    [GeneratedRegex(@"<summary\b[^>]*>(?<text>.*?)(?:</summary>|\z)", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\A\s*</?(?:a|abbr|b|br|cite|code|em|figure|font|hr|i|iframe|img|kbd|mark|p|pre|small|span|strong|sub|sup|u|video|audio|object|svg|button)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
