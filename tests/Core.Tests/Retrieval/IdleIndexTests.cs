using Microsoft.Extensions.DependencyInjection;
using Support.Contracts;
using Support.Jobs;
using Support.Knowledge;
using Support.Retrieval;
using Xunit;

namespace Support.Tests.Retrieval;

public sealed class IdleIndexTests
{
    [Fact]
    public async Task A_desk_that_nobody_asks_any_more_gives_its_indexes_back_by_its_own_rounds()
    {
        var clock = new ManualClock();
        await using var desk = await KnowledgeDesk.CreateAsync([], (services, _) => services.AddSingleton<TimeProvider>(clock));
        var index = Assert.IsType<InProcessKnowledgeIndex>(desk.Index);
        var tenant = await desk.AddTenantAsync();
        await desk.PublishAsync(tenant, "rules.md", Audience.Customers, ("Возврат", "Возврат за 14 дней."));
        Assert.NotEmpty(await desk.TextsAsync(tenant, "какой возврат"));

        clock.Advance(TimeSpan.FromMinutes(59));
        await SweepAsync();
        Assert.Equal(1, index.Held);
        clock.Advance(TimeSpan.FromMinutes(31));
        await SweepAsync();
        Assert.Equal(0, index.Held);
        Assert.NotEmpty(await desk.TextsAsync(tenant, "какой возврат"));

        Task SweepAsync() => desk.Services.GetRequiredService<Sweep>().RunAsync(Sweep.Grace, CancellationToken.None);
    }
}
