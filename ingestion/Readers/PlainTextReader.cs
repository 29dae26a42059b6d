using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Plain text: paragraphs between blank lines, headings underlined with = or -, lists by their marks.</summary>
internal static partial class PlainTextReader
{
    // A line this long that ends without punctuation was broken by an editor, not by its author.
    private const int WrappedFrom = 45;

    private static readonly SearchValues<char> RulerMarks = SearchValues.Create("=-_*~# ");

    public static Reading Read(SourceFile file)
    {
        var blocks = Blocks(file.Text);
        var title = blocks[0] is Block.Heading { Level: 1 } top ? top.Text : file.Title;
        return new Reading.Complete([new ReadDocument("", title, null, blocks)], []);
    }

    public static IReadOnlyList<Block> Blocks(string text)
    {
        var blocks = new List<(Block Block, int Start)>();
        var paragraph = new List<string>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var trimmed = line.Trim();
            if (trimmed.Length >= 3 && paragraph.Count == 1 && (trimmed.IndexOfAnyExcept('=') < 0 || trimmed.IndexOfAnyExcept('-') < 0))
            {
                blocks.Add((new Block.Heading(trimmed[0] == '=' ? 1 : 2, paragraph[0].Trim()), 0));
                paragraph.Clear();
            }
            else if (trimmed.Length == 0)
            {
                Add(blocks, paragraph);
                paragraph.Clear();
            }
            else if (trimmed.ContainsAnyExcept(RulerMarks))
            {
                paragraph.Add(line.TrimEnd().ToString());
            }
        }
        Add(blocks, paragraph);
        return blocks.Count > 0 ? QuestionPairs.Gather(Joined(blocks)) : [new Block.Paragraph(text)];
    }

    private static void Add(List<(Block Block, int Start)> blocks, List<string> lines)
    {
        var prose = new List<string>();
        var items = new List<string>();
        var (numbered, start) = (false, 0);
        foreach (var line in lines)
        {
            var item = Item().Match(line);
            var number = item.Groups["number"] is { Success: true } digits ? int.Parse(digits.ValueSpan) : 0;
            if (item.Success && (items.Count == 0 || (numbered ? number == start + items.Count : number == 0)))
            {
                AddProse();
                if (items.Count == 0)
                    (numbered, start) = (number > 0, number);
                items.Add(line[item.Length..]);
            }
            else if (items.Count > 0 && char.IsWhiteSpace(line[0]))
            {
                items[^1] += (IsWrapped(items[^1]) ? " " : "\n   ") + line.Trim();
            }
            else
            {
                AddItems();
                prose.Add(line.Trim());
            }
        }
        AddProse();
        AddItems();

        void AddProse()
        {
            if (prose.Count > 0)
                blocks.Add((new Block.Paragraph(Unwrap(prose)), 0));
            prose.Clear();
        }

        void AddItems()
        {
            if (items.Count > 0)
                blocks.Add((new Block.Steps([.. items], numbered), start));
            items.Clear();
        }
    }

    // Items with blank lines between them are one list still; a list that starts with "7." keeps its numbers as text.
    private static List<Block> Joined(List<(Block Block, int Start)> blocks)
    {
        var joined = new List<Block>();
        foreach (var (block, start) in blocks)
        {
            if (block is not Block.Steps next)
                joined.Add(block);
            else if (joined.Count > 0 && joined[^1] is Block.Steps list && list.Numbered == next.Numbered && (!next.Numbered || start == list.Items.Count + 1))
                joined[^1] = new Block.Steps([.. list.Items, .. next.Items], list.Numbered);
            else
                joined.Add(start <= 1 ? next : new Block.Paragraph(string.Join('\n', next.Items.Select((item, index) => $"{start + index}. {item}"))));
        }
        return joined;
    }

    private static string Unwrap(List<string> lines)
    {
        var text = new StringBuilder(lines[0]);
        for (var at = 1; at < lines.Count; at++)
            text.Append(IsWrapped(lines[at - 1]) ? ' ' : '\n').Append(lines[at]);
        return text.ToString();
    }

    private static bool IsWrapped(string line) => line.Length - (line.LastIndexOf('\n') + 1) >= WrappedFrom && line[^1] is not ('.' or '!' or '?' or ':' or ';');

    [GeneratedRegex(@"\A\s*(?:(?<number>\d{1,3})[.)]|[-*•–—▪●])\s+(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}
