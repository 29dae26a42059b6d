using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Generation.Grounding;

/// <summary>A passage cut into what states something by itself: sentences, list items, and of tables each cell with its row's name and its column's heading.</summary>
internal sealed partial class Evidence
{
    // A merged sentence takes from neighbours; further apart it is not one statement.
    private const int MostTogether = 3;

    private static readonly char[] RulerCharacters = ['|', '-', ':', ' ', '='];

    private readonly List<Unit> _units = [];

    private Evidence(NumberedPassage passage) => Passage = passage;

    public NumberedPassage Passage { get; }

    public ReadText Whole { get; private init; } = ReadText.Of("");

    public IReadOnlyList<Window> Windows { get; private set; } = [];

    public static Evidence Of(NumberedPassage passage)
    {
        var evidence = new Evidence(passage) { Whole = ReadText.Of(passage.Title + "\n" + passage.Text) };
        evidence.Cut();
        evidence.Windows = evidence.Join();
        return evidence;
    }

    private void Cut()
    {
        var context = Passage.Title;
        string[]? columns = null;
        foreach (var raw in Passage.Text.Split('\n'))
        {
            var line = raw.Trim();
            if (line.Length == 0 || line.All(c => RulerCharacters.Contains(c)))
                continue;
            if (line.Contains(" | ", StringComparison.Ordinal) || line.StartsWith('|'))
            {
                var cells = line.Trim('|').Split('|', StringSplitOptions.TrimEntries);
                if (columns is null)
                    columns = cells;
                else
                    AddRow(columns, cells, line, context);
                continue;
            }
            columns = null;
            if (line.StartsWith('#'))
            {
                context = Passage.Title + "\n" + line.TrimStart('#', ' ');
                _units.Add(new Unit(line.TrimStart('#', ' '), line.TrimStart('#', ' '), false, context));
                continue;
            }
            foreach (var range in Sentences.Split(line))
                if (ListMark().Replace(line[range], "") is var text && text.Any(char.IsLetterOrDigit))
                    _units.Add(new Unit(text, text, false, context));
        }
    }

    private void AddRow(string[] columns, string[] cells, string line, string context)
    {
        for (var i = 1; i < cells.Length; i++)
            if (cells[i].Length > 0)
                _units.Add(new Unit($"{cells[0]} | {(i < columns.Length ? columns[i] : "")}: {cells[i]}", line, true, context + "\n" + columns[0]));
    }

    private List<Window> Join()
    {
        var windows = new List<Window>();
        for (var length = 1; length <= MostTogether; length++)
            for (var first = 0; first + length <= _units.Count; first++)
                if (_units.GetRange(first, length) is var units && (length == 1 || !units.Exists(unit => unit.IsCell)))
                    windows.Add(new Window(string.Join('\n', units.Select(unit => unit.Text)), string.Join('\n', units.Select(unit => unit.Quote)), units[0].Context, length));
        return windows;
    }

    /// <param name="Text">Of a cell: its row's name, its column's heading, and what stands in it.</param>
    /// <param name="Quote">As it stands in the passage.</param>
    private sealed record Unit(string Text, string Quote, bool IsCell, string Context);

    [GeneratedRegex(@"^(?:[-–—•●▪*>]|[0-9]{1,2}[.)])\s+")]
    private static partial Regex ListMark();
}

/// <summary>Neighbouring statements of a passage.</summary>
internal sealed class Window(string text, string quote, string context, int length)
{
    private readonly Lazy<ReadText> _read = new(() => ReadText.Of(text));
    private readonly Lazy<HashSet<string>> _context = new(() => [.. ReadText.Of(context).Words.Select(word => word.Stem)]);

    /// <summary>As it stands in the passage; of a cell the whole row.</summary>
    public string Quote => quote;

    /// <summary>How many statements.</summary>
    public int Length => length;

    public ReadText Read => _read.Value;

    /// <summary>Stems of the title and the heading: what it is about need not be said again.</summary>
    public HashSet<string> Context => _context.Value;
}
