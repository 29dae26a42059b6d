using Support.Knowledge.Rounds;

namespace Support.Tests.Knowledge.Rounds;

public sealed class BatchSizeTests
{
    [Fact]
    public void It_halves_down_to_one_and_never_below()
    {
        var size = new BatchSize(8);
        Assert.Equal([8, 4, 2, 1, 1], Enumerable.Range(0, 5).Select(_ =>
        {
            var now = size.Now;
            size.Shrink(now, isTimeout: true);
            return now;
        }));
    }

    [Fact]
    public void After_a_refusal_it_doubles_with_each_call_and_stays_within_its_most()
    {
        var size = new BatchSize(10);
        size.Shrink(5, isTimeout: false);
        Assert.Equal([2, 4, 8, 10, 10], Grown(size, 5));
    }

    [Fact]
    public void After_a_timeout_it_takes_four_calls_to_double_until_it_is_whole_again()
    {
        var size = new BatchSize(4);
        size.Shrink(4, isTimeout: true);
        Assert.Equal([2, 2, 2, 2, 4], Grown(size, 5));
        size.Shrink(4, isTimeout: false);
        Assert.Equal([2, 4], Grown(size, 2));
    }

    private static List<int> Grown(BatchSize size, int calls) => [.. Enumerable.Range(0, calls).Select(_ =>
    {
        var now = size.Now;
        size.Grow();
        return now;
    })];
}
