using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Generation;

/// <summary>A piece of a passage that is given whole or not at all: a sentence, or a list or table with the line that leads into it.</summary>
/// <param name="Lines">A sentence is one line.</param>
/// <param name="Whole">It is a list or a table: no part of it may be missing.</param>
/// <param name="StartsLine">It began a line of the passage: what is before it stands apart.</param>
internal sealed partial record AnswerUnit(IReadOnlyList<string> Lines, bool Whole, bool StartsLine)
{
    public string Text => string.Join('\n', Lines);

    public int Length => Lines.Sum(line => line.Length + 1);

    public static List<AnswerUnit> Of(string text)
    {
        var units = new List<AnswerUnit>();
        foreach (var raw in text.Split('\n'))
        {
            if (MarkdownLeftovers.Clean(raw) is not { } line)
                continue;
            var whole = IsItemOrRow(line);
            if (units.Count > 0 && Joins(units[^1], line, whole))
                units[^1] = units[^1] with { Lines = [.. units[^1].Lines, line], Whole = true };
            else if (whole)
                units.Add(new AnswerUnit([line], Whole: true, StartsLine: true));
            else
                units.AddRange(SentencesOf(line).Select((sentence, i) => new AnswerUnit([sentence], Whole: false, StartsLine: i == 0)));
        }
        return units.ConvertAll(NumberSteps);
    }

    /// <summary>A clause's number ("3.1.2.") is no sentence; it stays with its clause.</summary>
    private static List<string> SentencesOf(string line)
    {
        var sentences = new List<string>();
        var start = 0;
        foreach (var range in Sentences.Split(line))
        {
            var (offset, length) = range.GetOffsetAndLength(line.Length);
            if (ClauseNumber().IsMatch(line.AsSpan(offset, length)))
                continue;
            sentences.Add(line[start..(offset + length)].Trim());
            start = offset + length;
        }
        if (line[start..].Trim() is { Length: > 0 } rest)
            sentences.Add(rest);
        return sentences;
    }

    /// <summary>Of a list or of a table.</summary>
    public static bool IsItemOrRow(string line) => IsListItem(line) || IsTableRow(line);

    private static bool IsListItem(string line) => ListItem().IsMatch(line);

    private static bool IsTableRow(string line) => line.Contains(" | ", StringComparison.Ordinal);

    /// <summary>A line that ends in a colon holds the next one; items and rows hold together, and what is indented belongs to its item.</summary>
    private static bool Joins(AnswerUnit before, string line, bool whole) =>
        before.Lines[^1].EndsWith(':') || before.Whole && (whole || char.IsWhiteSpace(line[0]));

    /// <summary>Markdown lets every step be "1."; a reader wants 1, 2, 3.</summary>
    private static AnswerUnit NumberSteps(AnswerUnit unit)
    {
        if (unit.Lines.Count(IsFirstStep) < 2 || unit.Lines.Any(line => LaterStep().IsMatch(line)))
            return unit;
        var number = 0;
        return unit with { Lines = unit.Lines.Select(line => IsFirstStep(line) ? $"{++number}{line[1..]}" : line).ToArray() };
    }

    private static bool IsFirstStep(string line) => line.StartsWith("1. ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*([-–—•●▪◦‣]|\d{1,3}[.)]|[a-zа-я]\))\s+\S")]
    private static partial Regex ListItem();

    [GeneratedRegex(@"^[\d.]+$")]
    private static partial Regex ClauseNumber();

    [GeneratedRegex(@"^([2-9]|\d\d)[.)] ")]
    private static partial Regex LaterStep();
}
