using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

/// <summary>How the few great numbers of many are found; against looking at each.</summary>
public sealed class BestOfManyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40_000)]
    [InlineData(65_534)]
    [InlineData(65_535)]
    public void The_next_above_a_limit_is_the_first_that_is_greater(int limit)
    {
        var random = new Random(limit);
        var whole = Enumerable.Range(0, 200).Select(_ => (ushort)random.Next(4) switch { 0 => (ushort)0, 1 => ushort.MaxValue, 2 => (ushort)Math.Min(ushort.MaxValue, limit + 1), _ => (ushort)limit }).ToArray();
        var broken = Array.ConvertAll(whole, number => number / 7f);
        for (var from = 0; from <= whole.Length; from++)
        {
            Assert.Equal(Array.FindIndex(whole, from, number => number > limit), NextAbove.Of(whole, limit, from));
            Assert.Equal(Array.FindIndex(broken, from, number => number > limit / 7f), NextAbove.Of(broken, limit / 7f, from));
        }
    }

    [Theory]
    [InlineData(3, 50)]
    [InlineData(50, 50)]
    [InlineData(51, 50)]
    [InlineData(2_345, 50)]
    [InlineData(2_345, 1)]
    public void So_many_exceed_the_bound_and_it_is_close_to_the_best(int numbers, int count)
    {
        var random = new Random(numbers);
        var all = Enumerable.Range(0, numbers).Select(_ => (float)Math.Pow(random.NextDouble(), 3)).ToArray();
        var bound = ReachedBy.AtLeast(all, count);
        if (numbers < count)
        {
            Assert.Equal(0, bound);
            return;
        }
        var best = all.OrderDescending().ElementAt(count - 1);
        Assert.InRange(bound, best - (all.Max() / 4_000), MathF.BitDecrement(best));
    }

    [Fact]
    public void Of_nothing_and_of_zeros_nothing_is_left_out()
    {
        Assert.Equal(0, ReachedBy.AtLeast([], 50));
        Assert.Equal(0, ReachedBy.AtLeast(new float[100], 50));
        Assert.Equal(0, ReachedBy.AtLeast([1, 0, 2, 0], 3));
    }
}
