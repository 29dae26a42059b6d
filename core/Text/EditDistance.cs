namespace Support.Text;

/// <summary>Damerau–Levenshtein distance (optimal string alignment): letters put in, left out, changed, or two neighbours swapped.</summary>
public static class EditDistance
{
    /// <returns>The distance, or <paramref name="most"/> + 1 when it is greater.</returns>
    public static int Of(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
            return most + 1;
        var width = other.Length + 1;
        Span<int> rows = 3 * width <= 256 ? stackalloc int[3 * width] : new int[3 * width];
        var before = rows[..width];
        var above = rows.Slice(width, width);
        var row = rows[(2 * width)..];
        for (var j = 0; j < width; j++)
            above[j] = j;
        for (var i = 1; i <= one.Length; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j < width; j++)
            {
                var cost = one[i - 1] == other[j - 1] ? 0 : 1;
                row[j] = Math.Min(Math.Min(row[j - 1], above[j]) + 1, above[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            if (least > most)
                return most + 1;
            var oldest = before;
            before = above;
            above = row;
            row = oldest;
        }
        return Math.Min(above[^1], most + 1);
    }
}
