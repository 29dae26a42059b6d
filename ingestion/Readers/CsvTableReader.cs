using CsvHelper;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>CSV: rows of questions and answers, or of titles and texts, are records; any other table is a page with one table.</summary>
internal static class CsvTableReader
{
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    public static Reading Read(SourceFile file)
    {
        var skipped = new List<string>();
        var rows = Rows(file, skipped);
        if (rows.Count == 0)
            return new Reading.Refused($"{file.Name} has no rows");
        var header = rows[0].Cells;
        var fields = header.Select(RecordFields.Of).ToArray();
        if (fields.Contains(RecordField.Question) && (fields.Contains(RecordField.Answer) || fields.Contains(RecordField.Text))
            || fields.Contains(RecordField.Title) && (fields.Contains(RecordField.Answer) || fields.Contains(RecordField.Text)))
            return ReadRecords(file, rows, fields, skipped);
        return ReadTable(file, rows, skipped);
    }

    private static Reading ReadRecords(SourceFile file, List<Row> rows, RecordField?[] fields, List<string> skipped)
    {
        var records = new Records(file, skipped);
        foreach (var (number, cells) in rows.Skip(1))
        {
            if (records.Full)
            {
                records.Skip($"row {number} and all below", $"a file may have {file.Limits.Records} records; split it");
                break;
            }
            if (cells.Length != fields.Length)
            {
                records.Skip($"row {number}", $"{cells.Length} columns instead of {fields.Length}; put a text that holds the separator in quotes");
                continue;
            }
            var values = new Dictionary<RecordField, string>();
            for (var column = 0; column < cells.Length; column++)
            {
                if (fields[column] is { } field)
                    values.TryAdd(field, cells[column]);
            }
            records.Add($"row {number}", values);
        }
        return records.Reading();
    }

    private static Reading.Complete ReadTable(SourceFile file, List<Row> rows, List<string> skipped)
    {
        var width = rows.GroupBy(row => row.Cells.Length).MaxBy(group => group.Count())!.Key;
        var kept = new List<string[]>();
        foreach (var (number, cells) in rows)
        {
            if (kept.Count >= file.Limits.Records)
            {
                skipped.Add($"row {number} and all below: a file may have {file.Limits.Records} rows; split it");
                break;
            }
            // A ragged row is kept as it is: which of its cells is where is for a person to judge.
            if (cells.Length != width)
                skipped.Add($"row {number}: {cells.Length} columns instead of {width}; read as it stands");
            kept.Add(cells);
        }
        var hasHeader = kept.Count > 1 && IsHeader(kept[0], kept[1]);
        return new Reading.Complete([new ReadDocument("", file.Title, null, [new Block.Table(hasHeader ? kept[0] : [], hasHeader ? kept[1..] : kept)])], skipped);
    }

    // Names: all there, all different, none a number, none long.
    private static bool IsHeader(string[] first, string[] second) =>
        first.Length == second.Length
        && first.All(cell => !string.IsNullOrWhiteSpace(cell) && cell.Length <= 60 && !char.IsAsciiDigit(cell.Trim()[0]))
        && first.Distinct(StringComparer.OrdinalIgnoreCase).Count() == first.Length;

    private readonly record struct Row(int Number, string[] Cells);

    // A quote that is never closed would make one field of all that follows; then quotes may not span lines.
    private static List<Row> Rows(SourceFile file, List<string> skipped)
    {
        var rows = new List<Row>();
        foreach (var allowLineBreaks in (ReadOnlySpan<bool>)[true, false])
        {
            rows.Clear();
            skipped.Clear();
            var unclosed = false;
            var options = new CsvReaderOptions
            {
                Separator = SeparatorOf(file.Text),
                HasHeader = false,
                TrimWhitespace = true,
                SkipEmptyLines = false,
                AllowLineBreaksInQuotes = allowLineBreaks,
                OnMalformedRecord = record =>
                {
                    unclosed |= record.Reason == CsvMalformedReason.UnterminatedQuote;
                    skipped.Add($"row {record.RecordNumber}: {(record.Reason == CsvMalformedReason.UnterminatedQuote ? "a quote that is never closed" : "a quote in the wrong place")}; read as well as it can be");
                },
            };
            using var reader = CsvReader.FromText(file.Text, options);
            while (rows.Count <= file.Limits.Records + 1 && reader.Read())
                rows.Add(new Row((int)reader.RowNumber, reader.Current.ToArray()));
            if (!unclosed)
                break;
        }
        // Excel's own way of naming the separator.
        if (rows.Count > 0 && rows[0].Cells[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
            rows.RemoveAt(0);
        rows.RemoveAll(row => row.Cells.All(string.IsNullOrWhiteSpace));
        return rows;
    }

    // The one that stands equally often, and at least once, outside quotes in most of the first lines.
    private static char SeparatorOf(string text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4)
            return text[4];
        var counts = new List<int[]> { new int[Separators.Length] };
        var quoted = false;
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, 64 * 1024)))
        {
            if (c == '"')
                quoted = !quoted;
            else if (!quoted && c == '\n')
                counts.Add(new int[Separators.Length]);
            else if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var which)
                counts[^1][which]++;
        }
        var best = Enumerable.Range(0, Separators.Length)
            .Where(which => counts[0][which] > 0)
            .OrderByDescending(which => counts.Take(50).Count(line => line[which] == counts[0][which]))
            .ThenByDescending(which => counts[0][which])
            .FirstOrDefault(0);
        return Separators[best];
    }
}
