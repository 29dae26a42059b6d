using Support.Contracts;
using Support.Replay;
using Support.Tenants;

namespace Support.Tests.Replay;

public sealed class ReplayTurnsTests
{
    [Fact]
    public void One_company_replays_one_history_at_a_time_and_two_companies_do_at_once()
    {
        var turns = new ReplayTurns(TimeProvider.System);
        var (one, two, three) = (new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()));

        var first = turns.Take(one, CancellationToken.None);
        Assert.NotNull(first);
        Assert.Null(turns.Take(one, CancellationToken.None));
        using var second = turns.Take(two, CancellationToken.None);
        Assert.NotNull(second);
        Assert.Null(turns.Take(three, CancellationToken.None));

        first.Dispose();
        // Given back twice it is not somebody else's turn that ends.
        using var again = turns.Take(one, CancellationToken.None);
        first.Dispose();
        Assert.NotNull(again);
        Assert.Null(turns.Take(one, CancellationToken.None));
    }

    [Fact]
    public void A_turn_lasts_as_long_as_a_functions_host_waits_and_what_is_done_in_it_ends_then()
    {
        var clock = new ManualClock();
        using var turn = new ReplayTurns(clock).Take(new TenantId(Guid.NewGuid()), CancellationToken.None);
        Assert.NotNull(turn);

        clock.Advance(TimeSpan.FromSeconds(229));
        Assert.False(turn.Cancellation.IsCancellationRequested || turn.IsTimeOver);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(turn.Cancellation.IsCancellationRequested && turn.IsTimeOver);
    }

    [Fact]
    public void Where_the_caller_has_gone_nobody_is_told_of_the_time()
    {
        var clock = new ManualClock();
        using var request = new CancellationTokenSource();
        using var turn = new ReplayTurns(clock).Take(new TenantId(Guid.NewGuid()), request.Token);
        request.Cancel();
        clock.Advance(ReplayTurns.Longest);

        Assert.True(turn!.Cancellation.IsCancellationRequested);
        Assert.False(turn.IsTimeOver);
    }

    [Fact]
    public async Task A_file_that_does_not_go_on_arriving_is_waited_for_no_longer_than_the_turn()
    {
        var clock = new ManualClock();
        using var turn = new ReplayTurns(clock).Take(new TenantId(Guid.NewGuid()), CancellationToken.None);
        var reading = new ReadHistory(200, []).FromAsync(new Stuck(), turn!.Cancellation);

        clock.Advance(ReplayTurns.Longest);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        Assert.True(turn.IsTimeOver);
    }

    /// <summary>A body whose sender has fallen silent.</summary>
    private sealed class Stuck : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return 0;
        }
    }
}
