using Support.Replay;
using Support.Tenants;

namespace Support.Tests.Replay;

public sealed class ReplayTurnsTests
{
    [Fact]
    public void One_company_replays_one_history_at_a_time_and_two_companies_do_at_once()
    {
        var turns = new ReplayTurns();
        var (one, two, three) = (new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()), new TenantId(Guid.NewGuid()));

        var first = turns.Take(one);
        Assert.NotNull(first);
        Assert.Null(turns.Take(one));
        using var second = turns.Take(two);
        Assert.NotNull(second);
        Assert.Null(turns.Take(three));

        first.Dispose();
        // Given back twice it is not somebody else's turn that ends.
        using var again = turns.Take(one);
        first.Dispose();
        Assert.NotNull(again);
        Assert.Null(turns.Take(one));
    }
}
