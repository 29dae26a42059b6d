using System.Runtime.Intrinsics;
using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class AddUpTests
{
    [Fact]
    public void A_row_and_a_list_of_the_same_impacts_give_the_same_and_never_less_than_their_product()
    {
        var random = new Random(1);
        var impacts = Enumerable.Range(0, 128).Select(_ => random.Next(3) == 0 ? 0 : random.Next(1, 16)).ToArray();
        var row = new byte[64];
        for (var i = 0; i < impacts.Length; i++)
            row[(i / 64 * 32) + (i % 32)] |= (byte)(impacts[i] << (i % 64 < 32 ? 0 : 4));
        var chunks = Enumerable.Range(0, 128).Where(i => impacts[i] > 0).Select(i => (ushort)i).ToArray();
        var ofChunks = Array.ConvertAll(chunks, chunk => (byte)(impacts[chunk] * Impacts.Coarse));
        foreach (ushort factor in new ushort[] { 1, 7, 255, 256, 4_000, 65_000 })
        {
            var (byRow, byList, raised, raisedByList) = (new ushort[128], new ushort[128], new ushort[128], new ushort[128]);
            AddUp.Row(row, factor, byRow);
            AddUp.List(chunks, ofChunks, factor, byList);
            AddUp.RaiseRow(row, factor, new ushort[128], raised);
            var (narrow, raisedNarrow) = (new ushort[128], new ushort[128]);
            NarrowRows.Add(row, factor, narrow);
            NarrowRows.Raise(row, factor, new ushort[128], raisedNarrow);
            Assert.Equal(byList, narrow);
            Assert.Equal(byList, raisedNarrow);
            AddUp.RaiseList(chunks, ofChunks, factor, new ushort[128], raisedByList);
            Assert.Equal(byList, byRow);
            Assert.Equal(byList, raised);
            Assert.Equal(byList, raisedByList);
            for (var i = 0; i < impacts.Length; i++)
                Assert.InRange(byRow[i] * 256.0, impacts[i] * Impacts.Coarse * (double)factor, impacts[i] == 0 ? 0 : (impacts[i] * Impacts.Coarse * (double)factor) + 256);
        }
    }

    [Fact]
    public void Of_several_lists_the_one_that_gives_most_counts()
    {
        var (ofTerm, sums) = (new ushort[64], new ushort[64]);
        AddUp.RaiseList([3, 5], [100, 10], 256, ofTerm, sums);
        AddUp.RaiseLastList([3, 5, 7], [50, 50, 50], 256, ofTerm, sums);
        Assert.Equal([101, 51, 51], new[] { sums[3], sums[5], sums[7] });
        AddUp.Clear([3, 5], ofTerm);
        Assert.All(ofTerm, one => Assert.Equal(0, one));
    }

    [Fact]
    public void A_row_raises_what_another_list_of_the_term_gave()
    {
        var random = new Random(2);
        var row = new byte[64];
        random.NextBytes(row);
        var before = Enumerable.Range(0, 128).Select(_ => (ushort)random.Next(3) switch { 0 => (ushort)0, _ => (ushort)random.Next(600) }).ToArray();
        var alone = new ushort[128];
        AddUp.Row(row, 512, alone);
        foreach (var raise in new RaiseRow[] { AddUp.RaiseRow, NarrowRows.Raise })
        {
            var (ofTerm, sums) = ((ushort[])before.Clone(), (ushort[])before.Clone());
            raise(row, 512, ofTerm, sums);
            var expected = before.Zip(alone, Math.Max).ToArray();
            Assert.Equal(expected, ofTerm);
            Assert.Equal(expected, sums);
        }
    }

    private delegate void RaiseRow(ReadOnlySpan<byte> row, ushort factor, Span<ushort> ofTerm, Span<ushort> sums);

    [Fact]
    public void Processors_that_cannot_look_up_sixteen_numbers_at_once_find_the_same()
    {
        foreach (ushort factor in new ushort[] { 1, 7, 255, 256, 4_000, 65_000 })
        {
            var expected = Enumerable.Range(0, 16).Select(impact => (ushort)(impact == 0 ? 0 : (impact * Impacts.Coarse * factor >> 8) + 1)).ToArray();
            Assert.Equal(Vector256.Create(expected), new RowWorth(factor).WorkOut(Vector256<ushort>.Indices));
            Assert.Equal(Vector256.Create(expected), new RowWorth(factor).By(Vector256<ushort>.Indices));
        }
    }
}
