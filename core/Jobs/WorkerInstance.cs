using Dapper;
using Npgsql;
using Support.Database;

namespace Support.Jobs;

/// <summary>
/// This process among those that work on the same database. Its number is guarded by an advisory lock on a connection of
/// its own: when the process dies, PostgreSQL frees the lock, and what the process held can be taken by others at once
/// instead of after a timeout.
/// </summary>
public sealed class WorkerInstance(DeskDatabase database, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Any fixed number; it only must not be used by another program's advisory locks in the same database.</summary>
    private const int LockClass = 0x53555050;

    private readonly Lock _lock = new();
    private readonly List<long> _numbers = [];
    private NpgsqlConnection? _connection;

    /// <summary>0 before <see cref="StartAsync"/>.</summary>
    public int Number { get; private set; }

    public async Task StartAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(database.Unpooled);
        int number;
        try
        {
            await connection.OpenAsync(cancellation);
            // A new number each time: what was held under one whose lock was lost is then freed, for its verdict may never have been kept.
            number = (int)await connection.ExecuteScalarAsync<long>("select nextval('worker_instance')");
            await connection.ExecuteAsync("select pg_advisory_lock(@LockClass, @number)", new { LockClass, number });
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        if (_connection is { } former)
            await former.DisposeAsync();
        lock (_lock)
            _numbers.Add(number);
        (_connection, Number) = (connection, number);
    }

    /// <summary>This process still works on what it leased under a number whose lock it has lost; such a lease ends with the work or by its time.</summary>
    private long[] Mine()
    {
        lock (_lock)
            return [.. _numbers];
    }

    /// <summary>Keeps the lock while the process lives; takes it again when PostgreSQL was away.</summary>
    public async Task HoldAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (_connection is null)
                    await StartAsync(cancellation);
                else
                    await _connection.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: cancellation));
            }
            catch (Exception) when (!cancellation.IsCancellationRequested)
            {
                // Whatever it was, the lock can no longer be relied on.
                if (_connection is { } broken)
                    await broken.DisposeAsync();
                _connection = null;
            }
            await Task.Delay(TimeSpan.FromSeconds(_connection is null ? 0.3 : 2), clock, cancellation);
        }
    }

    // Back to their old place in the line, or what came after them would overtake them.
    private const string FreeWhatTheDeadHeld =
        """
        with alive as (
            select objid::int8 as number from pg_locks
            where locktype = 'advisory' and classid = @LockClass::oid and objsubid = 2 and granted
              and database = (select oid from pg_database where datname = current_database())),
        leases as (delete from lease where holder not in (select number from alive) and holder <> all(@mine) returning 1)
        update job set due_at = created_at, holder = null, deaths = deaths + 1
        where holder is not null and holder not in (select number from alive)
        """;

    /// <summary>Gives back the jobs and leases of processes that are gone. Returns how many jobs.</summary>
    public async Task<int> FreeAbandonedAsync(CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        return await connection.ExecuteAsync(new CommandDefinition(FreeWhatTheDeadHeld, new { LockClass = (long)LockClass, mine = Mine() }, cancellationToken: cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await connection.DisposeAsync();
    }
}
