using Support.Retrieval;
using Support.Retrieval.Dense;

namespace Support.Tests.Retrieval.Dense;

/// <summary>What the scans find, against all cosines in double precision.</summary>
public sealed class ScanTests
{
    private const int Limit = 10;

    // Two scores this near may change places by rounding.
    private const double OfFloats = 1e-5;

    [Fact]
    public void Every_length_from_1_to_1536_is_scanned_as_a_plain_scan_does()
    {
        var random = new Random(1);
        for (var length = 1; length <= 1536; length += length < 80 ? 1 : length < 1530 ? random.Next(1, 97) : 1)
        {
            var vectors = Enumerable.Range(0, 130).Select(_ => Random(random, length)).ToList();
            var (rows, readers) = Keep(vectors, length);
            var question = Random(random, length);
            AssertIsBest(vectors, question, FloatScan.Best(new ScannedRows(rows.Pages, readers, Segment.Everybody), question, Limit));
            // 100 of the 130 are looked at again, so that the ten best are among them even where a length of 1 or 2 makes all of them alike.
            AssertIsBest(vectors, question, ByteScan.Best(new ScannedRows(rows.Pages, readers, Segment.Everybody), question, Limit));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5000)]
    public void Any_number_of_rows_is_scanned_to_its_end_and_no_further(int count)
    {
        var random = new Random(count);
        var vectors = Enumerable.Range(0, count).Select(_ => Random(random, 48)).ToList();
        var (rows, readers) = Keep(vectors, 48);
        for (var i = 0; i < 20; i++)
        {
            var question = Random(random, 48);
            var found = ByteScan.Best(new ScannedRows(rows.Pages, readers, Segment.Everybody), question, Limit);
            Assert.Equal(Math.Min(count, Limit), found.Length);
            AssertIsBest(vectors, question, found);
            AssertIsBest(vectors, question, FloatScan.Best(new ScannedRows(rows.Pages, readers, Segment.Everybody), question, Limit));
        }
    }

    [Fact]
    public void Rows_that_were_removed_or_are_for_staff_are_found_by_nobody_else()
    {
        var random = new Random(3);
        var vectors = Enumerable.Range(0, 300).Select(_ => Random(random, 16)).ToList();
        var (rows, readers) = Keep(vectors, 16);
        for (var i = 0; i < readers.Length; i++)
            readers[i] = (byte)(i % 3);
        var question = Random(random, 16);
        foreach (var least in (byte[])[Segment.StaffOnly, Segment.Everybody])
        {
            var allowed = Enumerable.Range(0, 300).Where(row => row % 3 >= least).OrderByDescending(row => Cosine(vectors[row], question)).Take(Limit);
            Assert.Equal(allowed, ByteScan.Best(new ScannedRows(rows.Pages, readers, least), question, Limit).Select(one => one.Row));
            Assert.Equal(allowed, FloatScan.Best(new ScannedRows(rows.Pages, readers, least), question, Limit).Select(one => one.Row));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(384)]
    [InlineData(1536)]
    public void Every_way_to_multiply_gives_the_very_same_whole_numbers(int length)
    {
        var random = new Random(length);
        var (rows, _) = Keep([.. Enumerable.Range(0, 64).Select(_ => Random(random, length))], length);
        var question = Random(random, length);
        var asked = new ByteQuestion(question);
        var expected = new int[64];
        var numbers = rows.Pages[0].BytesBefore(64);
        for (var row = 0; row < 64; row++)
            for (var i = 0; i < length; i++)
                expected[row] += numbers[i / 4 * 256 + row * 4 + i % 4] * Asked(asked, i);
        Assert.Equal(expected, Products<PlainByteProducts>(rows, asked));
        if (NarrowByteProducts.IsSupported)
            Assert.Equal(expected, Products<NarrowByteProducts>(rows, asked));
        if (WideByteProducts.IsSupported)
            Assert.Equal(expected, Products<WideByteProducts>(rows, asked));
    }

    [Fact]
    public void The_greatest_sums_of_bytes_do_not_overflow()
    {
        var all = UnitVector.Of(Enumerable.Repeat(1f, 4096).ToArray());
        var (rows, readers) = Keep([all, [.. all.Select(number => -number)]], 4096);
        var found = ByteScan.Find(new ScannedRows(rows.Pages, readers, Segment.Everybody), new ByteQuestion(all), 2);
        Assert.Equal([0, 1], found.Select(one => one.Row));
        Assert.Equal(found[0].Score, -found[1].Score, 1e-3 * found[0].Score);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(400)]
    public void The_plain_and_the_wide_dot_product_agree_with_double_precision(int length)
    {
        var random = new Random(length);
        var stride = VectorPage.StrideOf(length);
        var (one, other) = (new float[stride], new float[stride]);
        Random(random, length).CopyTo(one, 0);
        Random(random, length).CopyTo(other, 0);
        Assert.Equal(Cosine(one, other), DotProduct.Plain(ref one[0], ref other[0], (nuint)stride), OfFloats);
        Assert.Equal(Cosine(one, other), DotProduct.Wide(ref one[0], ref other[0], (nuint)stride), OfFloats);
    }

    private static int[] Products<T>(VectorRows rows, ByteQuestion question)
        where T : struct, IByteProducts
    {
        var products = new int[64];
        T.OfBlock(ref rows.Pages[0].FirstByte, question, products);
        return products;
    }

    /// <summary>Number <paramref name="i"/> of a question, from the halves that hold it.</summary>
    private static int Asked(ByteQuestion question, int i)
    {
        var pair = System.Runtime.CompilerServices.Unsafe.Add(ref i % 2 == 0 ? ref question.FirstEven : ref question.FirstOdd, i / 4);
        return i % 4 < 2 ? (short)pair : pair >> 16;
    }

    private static (VectorRows Rows, byte[] Readers) Keep(IReadOnlyList<float[]> vectors, int length)
    {
        var rows = new VectorRows(length);
        for (var i = 0; i < vectors.Count; i++)
            Assert.Equal(i, rows.Add(vectors[i]));
        return (rows, [.. Enumerable.Repeat(Segment.Everybody, vectors.Count)]);
    }

    private static void AssertIsBest(List<float[]> vectors, float[] question, ScoredRow[] found)
    {
        var all = vectors.Select(vector => Cosine(vector, question)).ToList();
        var best = all.OrderDescending().Take(Limit).ToList();
        Assert.Equal(best.Count, found.Select(one => one.Row).Distinct().Count());
        for (var i = 0; i < best.Count; i++)
        {
            Assert.Equal(best[i], found[i].Score, OfFloats);
            Assert.Equal(all[found[i].Row], found[i].Score, OfFloats);
        }
    }

    private static double Cosine(float[] one, float[] other) => one.Zip(other, (a, b) => (double)a * b).Sum();

    private static float[] Random(Random random, int length) => UnitVector.Of(Enumerable.Range(0, length).Select(_ => (float)(random.NextDouble() - .5)).ToArray());
}
