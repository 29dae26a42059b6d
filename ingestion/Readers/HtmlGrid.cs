using AngleSharp.Dom;

namespace Support.Ingestion.Readers;

/// <summary>Rows of equal length from rows with cells that span several: a spanning cell says its text in each place it covers.</summary>
internal static class HtmlGrid
{
    private const int WidestSpan = 50;

    // Said again, a longer text would only grow the page.
    private const int LongestRepeated = 200;

    public static string[][] Of(List<List<IElement>> rows, Func<IElement, string> read)
    {
        var hanging = new Dictionary<int, (string Text, int Rows)>();
        var grid = new List<string[]>();
        foreach (var row in rows.Where(row => row.Count > 0))
        {
            var line = new List<string>();
            foreach (var cell in row)
            {
                TakeHanging();
                var (text, down) = (read(cell), Span(cell, "rowspan"));
                var repeated = text.Length <= LongestRepeated ? text : "";
                for (var (across, wide) = (0, Span(cell, "colspan")); across < wide; across++)
                {
                    if (down > 1)
                        hanging[line.Count] = (repeated, down - 1);
                    line.Add(across == 0 ? text : repeated);
                }
            }
            TakeHanging();
            grid.Add([.. line]);

            void TakeHanging()
            {
                while (hanging.Remove(line.Count, out var above))
                {
                    if (above.Rows > 1)
                        hanging[line.Count] = (above.Text, above.Rows - 1);
                    line.Add(above.Text);
                }
            }
        }
        return [.. grid];
    }

    private static int Span(IElement cell, string attribute) =>
        int.TryParse(cell.GetAttribute(attribute), out var span) ? Math.Clamp(span, 1, WidestSpan) : 1;
}
