using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using Support.Knowledge;
using RunText = DocumentFormat.OpenXml.Wordprocessing.Text;

namespace Support.Ingestion.Readers;

/// <summary>The body of a Word document as our blocks.</summary>
internal sealed class WordBlocks(WordStyles styles)
{
    private readonly List<Block> _blocks = [];
    private readonly List<string> _items = [];
    private readonly int[] _counts = new int[9];
    private (int List, int Depth, bool Numbered)? _list;
    private string? _title;

    public (IReadOnlyList<Block> Blocks, string? Title) Of(OpenXmlElement body)
    {
        Walk(body);
        EndList();
        return (_blocks, _title);
    }

    private void Walk(OpenXmlElement parent)
    {
        foreach (var child in parent.ChildElements)
        {
            switch (child)
            {
                case Paragraph paragraph:
                    Add(paragraph);
                    break;
                case Table table:
                    EndList();
                    _blocks.Add(TableOf(table));
                    break;
                case SdtBlock control when IsContents(control):
                    break;
                // Content controls, custom XML and accepted insertions only wrap.
                case SdtBlock or SdtContentBlock or CustomXmlBlock or InsertedRun or MoveToRun:
                    Walk(child);
                    break;
            }
        }
    }

    private void Add(Paragraph paragraph)
    {
        var text = Text(paragraph).Trim();
        if (text.Length == 0 || styles.IsContents(paragraph))
            return;
        if (_title is null && _blocks.Count == 0 && styles.IsTitle(paragraph))
        {
            _title = text;
            _blocks.Add(new Block.Heading(1, text));
        }
        else if (styles.HeadingLevel(paragraph) is { } level)
        {
            EndList();
            // Under a title, first headings are one level down.
            _blocks.Add(new Block.Heading(_title is null ? level : level + 1, text));
        }
        else if (styles.ListOf(paragraph) is { } list)
        {
            AddItem(list, text);
        }
        else
        {
            EndList();
            _blocks.Add(new Block.Paragraph(text));
        }
    }

    private void AddItem((int List, int Depth, bool Numbered) list, string text)
    {
        if (_list is not { } open || list.Depth == 0 && (open.List != list.List || open.Numbered != list.Numbered))
        {
            EndList();
            _list = list with { Depth = 0, Numbered = list.Numbered };
        }
        Array.Clear(_counts, list.Depth + 1, _counts.Length - list.Depth - 1);
        _counts[list.Depth]++;
        if (list.Depth == 0 || _items.Count == 0)
            _items.Add(text);
        else
            _items[^1] += $"\n{new string(' ', 3 * list.Depth)}{(list.Numbered ? $"{_counts[list.Depth]}." : "•")} {text}";
    }

    private void EndList()
    {
        if (_items.Count > 0)
            _blocks.Add(new Block.Steps([.. _items], _list?.Numbered ?? false));
        _items.Clear();
        Array.Clear(_counts);
        _list = null;
    }

    private Block.Table TableOf(Table table)
    {
        var rows = new List<string[]>();
        foreach (var row in table.Elements<TableRow>())
        {
            var cells = new List<string>();
            foreach (var cell in row.Elements<TableCell>().Concat(row.Elements<SdtCell>().SelectMany(control => control.Descendants<TableCell>())))
            {
                var properties = cell.TableCellProperties;
                // A cell merged with the one above says what that says.
                var text = properties?.VerticalMerge is { } merge && (merge.Val is null || merge.Val.Value == MergedCellValues.Continue) && rows.Count > 0 && cells.Count < rows[^1].Length
                    ? rows[^1][cells.Count]
                    : CellText(cell);
                cells.Add(text);
                var span = Math.Clamp(properties?.GridSpan?.Val?.Value ?? 1, 1, 50);
                cells.AddRange(Enumerable.Repeat(text.Length <= 200 ? text : "", span - 1));
            }
            rows.Add([.. cells]);
        }
        return rows.Count > 1 ? new Block.Table(rows[0], rows[1..]) : new Block.Table([], rows);
    }

    private string CellText(TableCell cell) => BlockText.Render(new WordBlocks(styles).Of(cell).Blocks).ReplaceLineEndings(" ");

    private static string Text(Paragraph paragraph)
    {
        var text = new StringBuilder();
        Append(text, paragraph);
        return text.ToString();
    }

    private static void Append(StringBuilder text, OpenXmlElement parent)
    {
        foreach (var child in parent.ChildElements)
        {
            switch (child)
            {
                case RunText run:
                    text.Append(run.Text);
                    break;
                case TabChar:
                    text.Append(' ');
                    break;
                case Break { Type: null } or CarriageReturn:
                    text.Append('\n');
                    break;
                case Break:
                    text.Append(' ');
                    break;
                case NoBreakHyphen:
                    text.Append('-');
                    break;
                // What was deleted with changes tracked, and the older form of a drawing that follows it in a newer one, is not what a person sees.
                case DeletedRun or MoveFromRun or FieldCode or DeletedText or AlternateContentFallback or ParagraphProperties or RunProperties:
                    break;
                default:
                    Append(text, child);
                    break;
            }
        }
    }

    private static bool IsContents(SdtBlock control) =>
        control.SdtProperties?.Descendants<DocPartGallery>().Any(gallery => gallery.Val?.Value?.Contains("Table of Contents", StringComparison.OrdinalIgnoreCase) == true) == true;
}
