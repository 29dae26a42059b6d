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

    [Fact]
    public void A_pump_keeps_a_quarter_of_its_places_while_more_arrives_than_can_be_answered()
    {
        var first = new AcknowledgeFirst(_clock);
        Assert.Equal(24, first.PlacesOf(24));

        Arrive(first, aSecond: 2_000 * Environment.ProcessorCount);
        Assert.Equal((6, 1), (first.PlacesOf(24), first.PlacesOf(3)));
        Assert.True(first.GiveWayAsync(CancellationToken.None).AsTask().IsCompletedSuccessfully);

        Arrive(first, aSecond: 100 * Environment.ProcessorCount);
        Assert.Equal(24, first.PlacesOf(24));
    }

    private void Arrive(AcknowledgeFirst first, int aSecond)
    {
        for (var i = 0; i < aSecond; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1.0 / aSecond));
            first.Kept(together: 1);
        }
    }
}
