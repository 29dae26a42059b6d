using Support.Contracts;
using Support.Jobs;
using Xunit;

namespace Support.Tests.Jobs;

public sealed class AcknowledgeFirstTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Other_work_waits_a_moment_while_many_updates_share_a_commit_and_then_goes_on()
    {
        var first = new AcknowledgeFirst(_clock);
        first.Kept(together: 40);
        Assert.True(first.IsFlooded);

        var way = first.GiveWayAsync(CancellationToken.None).AsTask();
        Assert.False(way.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(50));
        await way;
    }

    [Fact]
    public void Nobody_waits_for_few_updates_nor_long_after_many()
    {
        var first = new AcknowledgeFirst(_clock);
        first.Kept(together: 3);
        Assert.False(first.IsFlooded);

        first.Kept(together: 40);
        _clock.Advance(TimeSpan.FromMilliseconds(101));
        Assert.False(first.IsFlooded);
        Assert.True(first.GiveWayAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);
    }
}
