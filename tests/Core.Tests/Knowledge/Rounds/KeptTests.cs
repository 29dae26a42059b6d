using Support.Knowledge.Rounds;

namespace Support.Tests.Knowledge.Rounds;

public sealed class KeptTests
{
    [Fact]
    public void What_came_out_what_is_tried_again_and_what_is_left_alone_are_counted_apart()
    {
        Assert.Equal(new Kept(CameOut: 2, Again: 1, LeftAlone: 3), Kept.Of([0, 1, 3, 0, 4, 3], most: 3));
        Assert.Equal(new Kept(5, 7, 9), new Kept(1, 2, 3) + new Kept(4, 5, 6));
        Assert.True(Kept.Of([], most: 3).IsNone);
        Assert.False(Kept.Of([1], most: 3).IsNone);
    }
}
