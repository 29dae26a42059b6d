using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Finds tables among the lines of a page: rows of lines beside each other, whose left edges stand in columns.</summary>
internal static class PdfTables
{
    // Points that a cell's left edge may be off its column.
    private const double Tolerance = 4;

    /// <summary>A table and the lines it is made of.</summary>
    public sealed record Found(Block.Table Table, HashSet<PdfLine> Lines, PdfLine First);

    public static IEnumerable<Found> On(IReadOnlyList<PdfLine> page)
    {
        var bands = Bands(page);
        for (var from = 0; from < bands.Count;)
        {
            var to = from;
            var columns = new List<double>();
            while (to < bands.Count && Fits(bands, from, to, columns))
                to++;
            var region = bands[from..to];
            if (region.Count >= 2 && TableOf(region, columns) is { } table)
                yield return new Found(table, [.. region.SelectMany(band => band)], page.First(line => region.Exists(band => band.Contains(line))));
            from = Math.Max(to, from + 1);
        }
    }

    // Lines of one height on the page, top to bottom, each from left to right.
    private static List<List<PdfLine>> Bands(IReadOnlyList<PdfLine> page)
    {
        var bands = new List<List<PdfLine>>();
        foreach (var line in page.OrderBy(line => line.Top).ThenBy(line => line.Left))
        {
            if (bands.Count > 0 && bands[^1].TrueForAll(line.IsBeside))
                bands[^1].Add(line);
            else
                bands.Add([line]);
        }
        bands.ForEach(band => band.Sort((a, b) => a.Left.CompareTo(b.Left)));
        return bands;
    }

    private static bool Fits(List<List<PdfLine>> bands, int from, int at, List<double> columns)
    {
        var band = bands[at];
        if (at == from)
        {
            columns.AddRange(band.Select(line => line.Left));
            return band.Count >= 2;
        }
        // A gap of three lines ends a table.
        var above = bands[at - 1];
        if (band.Min(line => line.Top) - above.Max(line => line.Bottom) > 3 * above[0].Size)
            return false;
        // The rest of a cell that takes several lines stands alone, in a column but the first, and close below.
        if (band.Count == 1)
            return ColumnOf(band[0], columns) > 0 || ColumnOf(band[0], columns) == 0 && Gap(above, band) < 0.7 * above[0].Size && IsNarrow(band[0], columns);
        return band.TrueForAll(line => ColumnOf(line, columns) >= 0);
    }

    private static Block.Table? TableOf(List<List<PdfLine>> bands, List<double> columns)
    {
        // Two columns of prose look like a table but for this: each line of each column is full of words.
        var words = Enumerable.Range(0, columns.Count).Select(column => bands.SelectMany(band => band).Where(line => ColumnOf(line, columns) == column)
            .Select(line => line.Text.Count(c => c == ' ') + 1).Order().ToList()).ToList();
        if (bands.Count >= 4 && words.TrueForAll(counts => counts.Count > 0 && counts[counts.Count / 2] >= 4))
            return null;

        var rows = new List<string[]>();
        for (var at = 0; at < bands.Count; at++)
        {
            var isRest = at > 0 && (!bands[at].Exists(line => ColumnOf(line, columns) == 0) || bands[at].Count < columns.Count && Gap(bands[at - 1], bands[at]) < 0.7 * bands[at][0].Size);
            if (!isRest)
                rows.Add([.. Enumerable.Repeat("", columns.Count)]);
            foreach (var line in bands[at])
            {
                ref var cell = ref rows[^1][ColumnOf(line, columns)];
                cell = cell.Length == 0 ? line.Text : $"{cell} {line.Text}";
            }
        }
        return rows.Count < 2 ? null : new Block.Table(rows[0], rows[1..]);
    }

    private static int ColumnOf(PdfLine line, List<double> columns) => columns.FindIndex(left => Math.Abs(left - line.Left) <= Tolerance);

    private static bool IsNarrow(PdfLine line, List<double> columns) => columns.Count > 1 && line.Right < columns[1];

    private static double Gap(List<PdfLine> above, List<PdfLine> below) => below.Min(line => line.Top) - above.Max(line => line.Bottom);
}
