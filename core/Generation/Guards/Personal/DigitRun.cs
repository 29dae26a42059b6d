namespace Support.Generation.Guards;

/// <summary>Groups of digits with one space, dash or dot between them, as long numbers are written: "4111 1111 1111 1111".</summary>
/// <param name="Groups">Where each begins and how long it is.</param>
internal sealed record DigitRun(IReadOnlyList<(int Start, int Length)> Groups)
{
    public static IEnumerable<DigitRun> In(string seen)
    {
        var groups = new List<(int Start, int Length)>();
        for (var at = 0; at < seen.Length;)
        {
            if (!char.IsAsciiDigit(seen[at]))
            {
                at++;
                continue;
            }
            var end = at;
            while (end < seen.Length && char.IsAsciiDigit(seen[end]))
                end++;
            if (groups.Count > 0 && !(groups[^1].Start + groups[^1].Length + 1 == at && seen[at - 1] is (' ' or '-' or '.')))
            {
                yield return new DigitRun([.. groups]);
                groups.Clear();
            }
            groups.Add((at, end - at));
            at = end;
        }
        if (groups.Count > 0)
            yield return new DigitRun(groups);
    }

    /// <summary>Each row of whole groups that together have so many digits; from each group the longest first.</summary>
    public IEnumerable<DigitRow> Rows(string seen, int fewest, int most)
    {
        for (var first = 0; first < Groups.Count; first++)
        {
            var digits = 0;
            var last = first;
            while (last < Groups.Count && digits + Groups[last].Length <= most)
                digits += Groups[last++].Length;
            for (last--; last >= first && digits >= fewest; digits -= Groups[last--].Length)
                yield return RowOf(seen, first, last);
        }
    }

    private DigitRow RowOf(string seen, int first, int last)
    {
        var start = Groups[first].Start;
        var end = Groups[last].Start + Groups[last].Length;
        return new DigitRow(
            start, end - start, string.Concat(Enumerable.Range(first, last - first + 1).Select(i => seen.Substring(Groups[i].Start, Groups[i].Length))), last - first + 1);
    }
}

/// <param name="Digits">Without what stood between them.</param>
/// <param name="Groups">How many groups it was written in.</param>
internal readonly record struct DigitRow(int Start, int Length, string Digits, int Groups)
{
    public int End => Start + Length;
}
