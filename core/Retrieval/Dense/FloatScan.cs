using System.Runtime.CompilerServices;

namespace Support.Retrieval.Dense;

/// <summary>Looks at every row in full: exact but for the rounding of single precision.</summary>
internal static class FloatScan
{
    /// <param name="question">See <see cref="UnitVector"/>; of as many numbers as a row.</param>
    /// <returns>Best first.</returns>
    public static ScoredRow[] Best(ScannedRows rows, ReadOnlySpan<float> question, int limit)
    {
        var best = new BestRows(limit);
        var asked = DenseSnapshot.Fill(question);
        foreach (var page in rows.Pages)
        {
            var end = Math.Min(page.Start + page.Rows, rows.Readers.Length);
            ref var numbers = ref page.FirstNumber;
            for (var row = page.Start; row < end; row++)
            {
                var score = DotProduct.Of(ref numbers, ref asked.First, page.Stride);
                if (score > best.Least && rows.MayRead(row))
                    best.Offer(row, score);
                numbers = ref Unsafe.Add(ref numbers, page.Stride);
            }
        }
        return best.ToArray();
    }
}
