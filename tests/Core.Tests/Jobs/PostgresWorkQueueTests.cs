using Dapper;
using Microsoft.Extensions.Options;
using Support.Contracts;
using Support.Database;
using Support.Jobs;

namespace Support.Tests.Jobs;

public sealed class PostgresWorkQueueTests : WorkQueueContract
{
    private DeskDatabase _database = null!;
    private WorkerInstance _instance = null!;
    private PostgresWorkQueue _queue = null!;

    protected override async Task<IWorkQueue> CreateQueueAsync()
    {
        _database = await MigratedDatabase.OpenAsync();
        _instance = new WorkerInstance(_database, TimeProvider.System);
        await _instance.StartAsync(CancellationToken.None);
        return _queue = new PostgresWorkQueue(_database, _instance, new QueueSignals(TimeProvider.System), new AcknowledgeFirst(TimeProvider.System));
    }

    protected override async Task ElapseAsync(TimeSpan time)
    {
        await using var connection = await _database.Source.OpenConnectionAsync();
        await connection.ExecuteAsync("update job set due_at = due_at - @time", new { time });
    }

    protected override async Task DieHoldingAsync(string queue)
    {
        var dying = new WorkerInstance(_database, TimeProvider.System);
        await dying.StartAsync(CancellationToken.None);
        await using (var ofDying = new PostgresWorkQueue(_database, dying, new QueueSignals(TimeProvider.System), new AcknowledgeFirst(TimeProvider.System)))
            await ofDying.TakeAsync(queue, 10, TimeSpan.FromHours(1), CancellationToken.None);
        await dying.DisposeAsync();
        await Eventually.HoldsAsync(async () => await _instance.FreeAbandonedAsync(CancellationToken.None) > 0, "PostgreSQL has noticed that the process is gone");
    }

    protected override async ValueTask RemoveQueueAsync()
    {
        await _queue.DisposeAsync();
        await _instance.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task What_a_dead_process_held_is_there_again_at_once_and_what_a_living_one_holds_is_not()
    {
        await _queue.PutAsync(Queues.Updates, "dead"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        var dead = new WorkerInstance(_database, TimeProvider.System);
        await dead.StartAsync(CancellationToken.None);
        await using (var ofDead = new PostgresWorkQueue(_database, dead, new QueueSignals(TimeProvider.System), new AcknowledgeFirst(TimeProvider.System)))
            Assert.Single(await ofDead.TakeAsync(Queues.Updates, 1, TimeSpan.FromHours(1), CancellationToken.None));
        await _queue.PutAsync(Queues.Updates, "mine"u8.ToArray(), TimeSpan.Zero, CancellationToken.None);
        var mine = Assert.Single(await _queue.TakeAsync(Queues.Updates, 10, TimeSpan.FromHours(1), CancellationToken.None));

        Assert.Equal(0, await _instance.FreeAbandonedAsync(CancellationToken.None));
        await dead.DisposeAsync();
        await Eventually.HoldsAsync(async () => await _instance.FreeAbandonedAsync(CancellationToken.None) == 1, "PostgreSQL has noticed that the process is gone");

        var freed = Assert.Single(await _queue.TakeAsync(Queues.Updates, 10, TimeSpan.FromHours(1), CancellationToken.None));
        Assert.Equal("dead"u8.ToArray(), freed.Body.ToArray());
        Assert.NotEqual(mine.Id, freed.Id);
    }
}
