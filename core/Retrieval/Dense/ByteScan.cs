using System.Numerics;
using System.Runtime.CompilerServices;

namespace Support.Retrieval.Dense;

/// <summary>
/// Looks at every row as bytes, a quarter of the memory, and at the best of them in full. A row is rounded to 255 steps of its own size, so its cosine is off by some
/// ten-thousandths; those that could be among the best are within the hundred that are looked at again.
/// </summary>
internal static class ByteScan
{
    /// <summary>How many are looked at in full.</summary>
    public const int LookedAtAgain = 100;

    /// <inheritdoc cref="FloatScan.Best"/>
    public static ScoredRow[] Best(ScannedRows rows, ReadOnlySpan<float> question, int limit)
    {
        var found = Find(rows, new ByteQuestion(question), Math.Max(limit, LookedAtAgain));
        var asked = DenseSnapshot.Fill(question);
        var best = new BestRows(limit);
        foreach (var one in found)
            best.Offer(one.Row, DotProduct.Of(ref VectorRows.FirstOf(rows.Pages, one.Row), ref asked.First, asked.Length));
        return best.ToArray();
    }

    /// <summary>By their bytes alone.</summary>
    internal static ScoredRow[] Find(ScannedRows rows, ByteQuestion question, int limit) =>
        WideByteProducts.IsSupported ? Find<WideByteProducts>(rows, question, limit)
        : NarrowByteProducts.IsSupported ? Find<NarrowByteProducts>(rows, question, limit)
        : Find<PlainByteProducts>(rows, question, limit);

    internal static ScoredRow[] Find<TProducts>(ScannedRows rows, ByteQuestion question, int limit)
        where TProducts : struct, IByteProducts
    {
        var best = new BestRows(limit);
        Span<int> products = stackalloc int[VectorPage.BlockRows];
        foreach (var page in rows.Pages)
        {
            var count = Math.Min(page.Rows, rows.Readers.Length - page.Start);
            for (var first = 0; first < count; first += VectorPage.BlockRows)
            {
                TProducts.OfBlock(ref Unsafe.Add(ref page.FirstByte, first * page.Groups * VectorPage.Together), question, products);
                Offer(best, rows, products, page.Steps.Slice(first, VectorPage.BlockRows), page.Start + first, question.Offset);
            }
        }
        return best.ToArray();
    }

    /// <summary>Hardly any row is above the worst that is kept, so several are asked at once whether one is.</summary>
    private static void Offer(BestRows best, ScannedRows rows, ReadOnlySpan<int> products, ReadOnlySpan<float> steps, int start, int offset)
    {
        var offsets = new Vector<int>(offset);
        for (var at = 0; at < VectorPage.BlockRows; at += Vector<int>.Count)
        {
            var scores = Vector.ConvertToSingle(new Vector<int>(products[at..]) - offsets) * new Vector<float>(steps[at..]);
            if (!Vector.GreaterThanAny(scores, new Vector<float>(best.Least)))
                continue;
            for (var i = 0; i < Vector<int>.Count && start + at + i < rows.Readers.Length; i++)
                if (scores[i] > best.Least && rows.MayRead(start + at + i))
                    best.Offer(start + at + i, scores[i]);
        }
    }
}
