using System.Buffers;
using System.Text;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>The last step of every reader: what the database cannot hold, what is empty and what is above the limits goes.</summary>
internal static class Tidy
{
    private const int LongestTitle = 300;
    private const int LongestKey = 400;

    // Zero ends strings in PostgreSQL's protocol; the others are invisible and break words.
    private static readonly SearchValues<char> Unwanted = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\n' or '\t')).Select(c => (char)c), '\u007F', '\u0085', '\u00AD', '\u200B', '\u2028', '\u2029', '\u2060', '\uFEFF', .. Enumerable.Range(0xD800, 0x800).Select(c => (char)c)]);

    public static Reading Up(Reading reading, SourceFile file)
    {
        if (reading is not Reading.Complete complete)
            return reading;
        var skipped = complete.Skipped.ToList();
        var room = file.Limits.Characters;
        var documents = new List<ReadDocument>(complete.Documents.Count);
        foreach (var document in complete.Documents)
        {
            var blocks = Blocks(document.Blocks, ref room);
            if (room < 0)
            {
                skipped.Add($"everything after the first {file.Limits.Characters} characters: split the file");
                if (blocks.Count == 0)
                    break;
            }
            if (blocks.Any(block => block is not Block.Heading) || document.Key.Length == 0 && blocks.Count > 0)
                documents.Add(new ReadDocument(Cut(Line(document.Key), LongestKey), Title(document.Title, file), document.Link, blocks));
            if (room < 0)
                break;
        }
        if (documents.Count == 0)
            return new Reading.Refused($"{file.Name} has no text that can be read{(skipped.Count > 0 ? $" ({skipped[0]})" : "")}");
        if (skipped.Count > file.Limits.Remarks)
            skipped = [.. skipped.Take(file.Limits.Remarks), $"and {skipped.Count - file.Limits.Remarks} more"];
        return new Reading.Complete(documents, skipped);
    }

    private static List<Block> Blocks(IReadOnlyList<Block> blocks, ref int room)
    {
        var kept = new List<Block>(blocks.Count);
        foreach (var block in blocks)
        {
            if (room < 0)
                break;
            if (Tidied(block) is not { } tidied)
                continue;
            room -= Length(tidied);
            if (room >= 0)
                kept.Add(tidied);
        }
        return kept;
    }

    private static Block? Tidied(Block block) => block switch
    {
        Block.Heading heading => Line(heading.Text) is { Length: > 0 } text ? new Block.Heading(heading.Level, text) : null,
        Block.Paragraph paragraph => Text(paragraph.Text) is { Length: > 0 } text ? new Block.Paragraph(text) : null,
        Block.Steps steps => Items(steps.Items) is { Count: > 0 } items ? new Block.Steps(items, steps.Numbered) : null,
        Block.Code code => Clean(code.Text) is var text && !string.IsNullOrWhiteSpace(text) ? new Block.Code(text.Trim('\n').TrimEnd()) : null,
        Block.QuestionAndAnswer entry => Entry(Line(entry.Question), Text(entry.Answer)),
        Block.Table table => Table(table),
        _ => block,
    };

    private static List<string> Items(IReadOnlyList<string> items) => [.. items.Select(Text).Where(item => item.Length > 0)];

    // An entry with half of it missing is a heading or a paragraph; a question as long as a letter is text.
    private static Block? Entry(string question, string answer) => (question.Length, answer.Length) switch
    {
        (0, 0) => null,
        (_, 0) => new Block.Paragraph(question),
        (0, _) => new Block.Paragraph(answer),
        ( > LongestTitle, _) => new Block.QuestionAndAnswer(Cut(question, LongestTitle), question + "\n" + answer),
        _ => new Block.QuestionAndAnswer(question, answer),
    };

    private static Block? Table(Block.Table table)
    {
        string[] header = [.. table.Header.Select(Line)];
        IReadOnlyList<string>[] rows = [.. table.Rows.Select(row => row.Select(Line).ToArray()).Where(row => row.Any(cell => cell.Length > 0))];
        return rows.Length > 0 || header.Any(cell => cell.Length > 0) ? new Block.Table(header, rows) : null;
    }

    private static int Length(Block block) => block switch
    {
        Block.Heading heading => heading.Text.Length,
        Block.Paragraph paragraph => paragraph.Text.Length,
        Block.Steps steps => steps.Items.Sum(item => item.Length),
        Block.Code code => code.Text.Length,
        Block.QuestionAndAnswer entry => entry.Question.Length + entry.Answer.Length,
        Block.Table table => table.Header.Sum(cell => cell.Length) + table.Rows.Sum(row => row.Sum(cell => cell.Length)),
        _ => 0,
    };

    private static string Title(string title, SourceFile file) => Line(title) is { Length: > 0 } line ? Cut(line, LongestTitle) : Line(file.Title) is { Length: > 0 } name ? name : file.Name;

    private static string Cut(string line, int length) => line.Length <= length ? line : line[..(char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1)] + "…";

    private static string Line(string text)
    {
        var clean = Clean(text);
        return clean.AsSpan().ContainsAny('\n', '\t', '\u00A0') || clean.Contains("  ", StringComparison.Ordinal)
            ? string.Join(' ', clean.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : clean.Trim();
    }

    private static string Text(string text) => Clean(text).Trim('\n').TrimEnd() is var clean && clean.StartsWith(' ') ? clean.TrimStart() : clean;

    private static string Clean(string text)
    {
        if (!text.AsSpan().ContainsAny(Unwanted))
            return text;
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
                clean.Append(c).Append(text[++at]);
            else if (c is '\r' && (at + 1 >= text.Length || text[at + 1] != '\n') || c is '\u0085' or '\u2028' or '\u2029' or '\v' or '\f')
                clean.Append('\n');
            else if (!Unwanted.Contains(c))
                clean.Append(c);
        }
        return clean.ToString();
    }
}
