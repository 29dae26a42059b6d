using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Lines of a PDF as our blocks.</summary>
internal sealed partial class PdfBlocks(IReadOnlyList<PdfLine> lines)
{
    // A heading is set this much larger than the text, or it cannot be told from it.
    private const double HeadingRatio = 1.15;
    private const int LongestHeading = 160;

    private readonly List<Block> _blocks = [];
    private readonly List<string> _items = [];
    private string _paragraph = "";
    private int _start;
    private PdfLine? _last;

    public List<Block> Of()
    {
        var body = BodySize();
        var levels = lines.Select(line => Math.Round(line.Size)).Where(size => size > HeadingRatio * body).Distinct().OrderDescending().ToList();
        foreach (var page in lines.GroupBy(line => line.Page))
        {
            var content = page.ToList();
            var tables = PdfTables.On(content).ToList();
            foreach (var line in content)
            {
                if (tables.Find(table => table.First == line) is { } starts)
                {
                    Flush();
                    _blocks.Add(starts.Table);
                }
                if (tables.Exists(table => table.Lines.Contains(line)))
                    continue;
                var level = levels.IndexOf(Math.Round(line.Size)) + 1;
                if (level > 0 && line.Text.Length <= LongestHeading && line.Text.Any(char.IsLetter))
                    AddHeading(line, level);
                else
                    AddText(line);
                _last = line;
            }
        }
        Flush();
        return _blocks;
    }

    private double BodySize() => lines.GroupBy(line => Math.Round(line.Size * 2) / 2).MaxBy(group => group.Sum(line => line.Text.Length))?.Key ?? 10;

    private void AddHeading(PdfLine line, int level)
    {
        Flush();
        if (_blocks is [.., Block.Heading heading] && heading.Level == level && _last is { } last && last.Page == line.Page && line.Top - last.Bottom < line.Size && heading.Text.Length + line.Text.Length <= LongestHeading)
            _blocks[^1] = new Block.Heading(level, Join(heading.Text, line.Text));
        else
            _blocks.Add(new Block.Heading(level, line.Text));
    }

    private void AddText(PdfLine line)
    {
        var item = Item().Match(line.Text);
        var number = item.Groups["number"] is { Success: true } digits ? int.Parse(digits.ValueSpan) : 0;
        if (item.Success && (_items.Count == 0 ? number <= 1 || _blocks is [.., Block.Steps { Numbered: true } list] && list.Items.Count == number - 1 : number == 0 ? _start == 0 : _start > 0 && number == _start + _items.Count))
        {
            FlushParagraph();
            if (_items.Count == 0)
                _start = number;
            _items.Add(line.Text[item.Length..]);
        }
        else if (_items.Count > 0 && (Continues(line) || IsRestOf(_items[^1], line)))
        {
            _items[^1] = Join(_items[^1], line.Text);
        }
        else if (_items.Count == 0 && _paragraph.Length > 0 && (Continues(line) || IsRestOf(_paragraph, line)))
        {
            _paragraph = Join(_paragraph, line.Text);
        }
        else
        {
            Flush();
            _paragraph = line.Text;
        }
    }

    private bool Continues(PdfLine line) => _last is { } last && last.Block == line.Block && line.Top - last.Bottom < line.Size;

    // Blocks end where columns and pages do, sentences need not.
    private static bool IsRestOf(string text, PdfLine line) => char.IsLower(line.Text[0]) && text[^1] is not ('.' or '!' or '?' or ':' or ';');

    private void Flush()
    {
        FlushParagraph();
        if (_items.Count > 0 && _start > 1 && _blocks is [.., Block.Steps list])
            _blocks[^1] = new Block.Steps([.. list.Items, .. _items], true);
        else if (_items.Count > 0)
            _blocks.Add(new Block.Steps([.. _items], _start > 0));
        _items.Clear();
    }

    private void FlushParagraph()
    {
        if (_paragraph.Length > 0)
            _blocks.Add(new Block.Paragraph(_paragraph));
        _paragraph = "";
    }

    // "deli-" and "very" are one word; "Wi-" and "Fi" keep their hyphen.
    private static string Join(string text, string next)
    {
        if (text.Length > 1 && text[^1] is '-' or '\u00AD' or '\u2010' && char.IsLetter(text[^2]))
            return char.IsLower(next[0]) ? text[..^1] + next : text + next;
        return $"{text} {next}";
    }

    [GeneratedRegex(@"\A\s*(?:(?<number>\d{1,2})[.)]|[•▪●◦■□‣⁃\uF0B7–—*-])\s+(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}
