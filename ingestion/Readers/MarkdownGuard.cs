namespace Support.Ingestion.Readers;

/// <summary>
/// Finds the texts that would keep Markdig busy for minutes, without parsing them: its time grows with the square of open brackets, of nested
/// quotes and lists, and of link definitions, and its memory with the longest row of a table times its rows. Nobody writes such a text by hand.
/// </summary>
internal static class MarkdownGuard
{
    // 5,000 take a tenth of a second, 50,000 ten seconds.
    private const int MostDefinitions = 5_000;

    // Rows are filled up to the longest: 2,000 rows of "|" under 2,000 columns are 12 KB of text and half a gigabyte of memory.
    private const long MostCells = 1_000_000;

    /// <returns>Why the text must not be parsed, as in "it …"; null if it may be.</returns>
    public static string? Objection(ReadOnlySpan<char> markdown, int depth)
    {
        int definitions = 0, brackets = 0, links = 0, rows = 0, columns = 0;
        foreach (var line in markdown.EnumerateLines())
        {
            var start = line.TrimStart(" \t>-*+");
            // A paragraph ends, and with it whatever was left open.
            if (start.IsEmpty)
                (brackets, links, rows, columns) = (0, 0, 0, 0);
            if (MarginDepth(line[..^start.Length]) > depth)
                return $"nests quotes or lists more than {depth} deep";
            if (start.StartsWith("[") && start.IndexOf("]:") > 0 && ++definitions > MostDefinitions)
                return $"defines more than {MostDefinitions} links";

            columns = Math.Max(columns, line.Count('|'));
            if ((long)++rows * columns > MostCells)
                return $"has a table of more than {MostCells} cells";

            for (var at = line.IndexOfAny("[]()"); at >= 0 && at < line.Length; at++)
            {
                switch (line[at])
                {
                    case '[':
                        brackets++;
                        break;
                    case ']':
                        brackets = Math.Max(0, brackets - 1);
                        links += at + 1 < line.Length && line[at + 1] == '(' ? 1 : 0;
                        break;
                    case ')':
                        links = Math.Max(0, links - 1);
                        break;
                }
                if (brackets > depth || links > depth)
                    return $"opens more than {depth} brackets without closing them";
            }
        }
        return null;
    }

    // Two columns are the least that a list moves in.
    private static int MarginDepth(ReadOnlySpan<char> margin)
    {
        var (marks, columns) = (0, 0);
        foreach (var c in margin)
        {
            marks += c is '>' or '-' or '*' or '+' ? 1 : 0;
            columns += c == '\t' ? 4 : 1;
        }
        // A ruler is a margin of marks without spaces between them, and no nesting; so is deep indentation without a mark.
        return margin.Contains('>') || margin.Contains(' ') && marks > 0 ? Math.Max(marks, columns / 2) : 0;
    }
}
