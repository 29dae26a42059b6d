using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Support.Contracts;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Jobs;

/// <summary>What is overdue is woken again, unless its queue has only not got to it yet.</summary>
public sealed class SweepTests : IAsyncLifetime
{
    private static readonly BotId Bot = new(88_002);

    private ServiceProvider _services = null!;
    private TenantId _tenant;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Support:Database:ConnectionString"] = await TestDatabase.CreateAsync(),
            ["Support:Security:MasterKey"] = Convert.ToBase64String(new byte[32]),
        };
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddDesk(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
        await Get<Migrator>().RunAsync(CancellationToken.None);
        var setup = Get<TenantSetup>();
        _tenant = await setup.EnsureTenantAsync("acme", CancellationToken.None);
        await setup.EnsureBotAsync(_tenant, Bot, "88002:token", "acme_bot", CancellationToken.None);
        await using var transaction = await Get<DeskDatabase>().BeginAsync(_tenant, CancellationToken.None);
        await Outbox.AddAsync(transaction, Bot, new OutboxMessage(7, Purposes.Notice, new Outgoing.SendText("hello")), TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    [Fact]
    public async Task What_is_overdue_and_has_no_wake_up_gets_one()
    {
        await Get<Sweep>().RunAsync(Sweep.Grace, CancellationToken.None);
        Assert.Single(await TakeAsync());
    }

    [Theory]
    [InlineData(Queues.Replies, 0)]
    [InlineData(Queues.Questions, 1)]
    public async Task A_queue_that_is_behind_gets_no_more_and_the_others_do(string behind, int woken)
    {
        await Get<PostgresWorkQueue>().PutAsync(behind, "{}"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        await using (var connection = await Get<DeskDatabase>().Source.OpenConnectionAsync())
            await connection.ExecuteAsync("update job set due_at = now() - interval '11 seconds'");

        await Get<Sweep>().RunAsync(Sweep.Grace, CancellationToken.None);

        Assert.Equal(woken, (await TakeAsync()).Count(job => job.Body.Length > 2));
    }

    [Fact]
    public async Task At_the_start_everything_due_is_woken_whatever_waits()
    {
        await Get<PostgresWorkQueue>().PutAsync(Queues.Replies, "{}"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        await Get<Sweep>().RunAsync(TimeSpan.Zero, CancellationToken.None);
        Assert.Equal(2, (await TakeAsync()).Count);
    }

    [Fact]
    public async Task Documents_that_the_editors_were_not_told_of_are_woken_for_once_for_a_company_and_not_while_they_come()
    {
        await CameAsync("a.md", TimeSpan.FromMinutes(3));
        await CameAsync("b.md", TimeSpan.FromMinutes(3));
        await Get<Sweep>().RunAsync(Sweep.Grace, CancellationToken.None);
        var job = Assert.Single(await Get<IWorkQueue>().TakeAsync(Queues.Documents, 10, TimeSpan.FromMinutes(1), CancellationToken.None));
        await Get<IWorkQueue>().CompleteAsync(job, CancellationToken.None);

        await using (var transaction = await Get<DeskDatabase>().BeginAsync(_tenant, CancellationToken.None))
        {
            await transaction.ExecuteAsync("update document_version set untold_since = now() - interval '1 minute'", null, CancellationToken.None);
            await transaction.CommitAsync(CancellationToken.None);
        }
        await Get<Sweep>().RunAsync(Sweep.Grace, CancellationToken.None);
        Assert.Empty(await Get<IWorkQueue>().TakeAsync(Queues.Documents, 10, TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    private async Task CameAsync(string name, TimeSpan ago)
    {
        await using var transaction = await Get<DeskDatabase>().BeginAsync(_tenant, CancellationToken.None);
        await transaction.ExecuteAsync(
            """
            with d as (insert into document (tenant_id, name, audience, created_at) values (@tenant, @name, 0, now()) returning id)
            insert into document_version (tenant_id, document_id, version, hash, bytes, audience, state, uploaded_by, created_at, untold_since)
            select @tenant, id, 1, '', '', 0, 'published', 'http', now(), now() - @ago::interval from d
            """,
            new { tenant = _tenant.Value, name, ago }, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    private async Task<IReadOnlyList<TakenJob>> TakeAsync() => await Get<IWorkQueue>().TakeAsync(Queues.Replies, 10, TimeSpan.FromMinutes(1), CancellationToken.None);

    private T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
