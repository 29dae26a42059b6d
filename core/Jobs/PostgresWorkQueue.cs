using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using Support.Database;

namespace Support.Jobs;

/// <summary>
/// The queue of the embedded default: rows in PostgreSQL, taken with <c>skip locked</c>. Puts, completions and returns of
/// the same moment share a transaction. Only <see cref="Queues.IsDurable"/> queues wait for the disk; for wake-ups the sweep stands in.
/// </summary>
public sealed class PostgresWorkQueue : IWorkQueue, IAsyncDisposable
{
    private readonly DeskDatabase _database;
    private readonly WorkerInstance _instance;
    private readonly QueueSignals _signals;
    private readonly GroupCommit<Put> _durable;
    private readonly GroupCommit<Put> _light;
    private readonly GroupCommit<TakenJob> _completed;

    public PostgresWorkQueue(DeskDatabase database, WorkerInstance instance, QueueSignals signals, AcknowledgeFirst first)
    {
        _database = database;
        _instance = instance;
        _signals = signals;
        _durable = new GroupCommit<Put>(2, 512, 50_000, items =>
        {
            first.Kept(items.Count);
            return WriteAsync(_database.Source, items);
        });
        _light = new GroupCommit<Put>(1, 512, 200_000, items => WriteAsync(_database.Light, items));
        _completed = new GroupCommit<TakenJob>(1, 512, 200_000, CompleteAllAsync);
    }

    public async ValueTask PutAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellation)
    {
        try
        {
            await KeepAsync(new Put(queue, body.ToArray(), delay, IsTaken: false, null));
        }
        catch (Exception e) when (DeskDatabase.IsAway(e))
        {
            throw Unavailable(e);
        }
        _signals.Raise(queue, delay);
    }

    /// <summary>Keeps a job as one that this process has taken: put and <see cref="TakeAsync"/> in one.</summary>
    /// <param name="kept">Called once it is committed, in the order of the commits.</param>
    /// <exception cref="QueueUnavailableException">As <see cref="PutAsync"/>. If it was kept all the same, it comes back after <paramref name="hidden"/>.</exception>
    public async ValueTask PutTakenAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan hidden, Action<TakenJob> kept)
    {
        try
        {
            await KeepAsync(new Put(queue, body.ToArray(), hidden, IsTaken: true, kept));
        }
        catch (Exception e) when (DeskDatabase.IsAway(e))
        {
            throw Unavailable(e);
        }
        _signals.Raise(queue, TimeSpan.Zero);
    }

    private Task KeepAsync(Put put) => (Queues.IsDurable(put.Queue) ? _durable : _light).AddAsync(put);

    private static QueueUnavailableException Unavailable(Exception e) => new("The database does not answer; the job was not kept for certain.", e);

    private const string Insert =
        """
        insert into job (queue, body, due_at, taken, holder)
        select queue, body, now() + delay, case when is_taken then 1 else 0 end, case when is_taken then $5 end
        from unnest($1, $2, $3, $4) as put (queue, body, delay, is_taken)
        returning id, created_at
        """;

    private async Task WriteAsync(NpgsqlDataSource source, IReadOnlyList<Put> items)
    {
        var queues = new string[items.Count];
        var bodies = new byte[items.Count][];
        var delays = new TimeSpan[items.Count];
        var areTaken = new bool[items.Count];
        for (var i = 0; i < items.Count; i++)
            (queues[i], bodies[i], delays[i], areTaken[i]) = (items[i].Queue, items[i].Body, items[i].Delay, items[i].IsTaken);
        await using var command = source.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter { Value = queues, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = bodies, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.Parameters.Add(new NpgsqlParameter { Value = delays, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval });
        command.Parameters.Add(new NpgsqlParameter { Value = areTaken, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _instance.Number });
        var rows = new List<(long Id, DateTimeOffset At)>(items.Count);
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                rows.Add((reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1)));
        }
        // Rows are inserted, numbered and returned in the order of the arrays.
        for (var i = 0; i < items.Count; i++)
            items[i].Kept?.Invoke(new TakenJob(items[i].Queue, IdOf(rows[i].Id), "1", items[i].Body, 0, 1, rows[i].At));
    }

    private const string TakeDue =
        """
        with due as (
            select id from job where queue = $1 and due_at <= now()
            order by due_at, id limit $2 for update skip locked)
        update job set due_at = now() + $3, taken = taken + 1, holder = $4
        from due where job.id = due.id
        returning job.id, job.body, job.attempt, job.taken, job.created_at, job.deaths
        """;

    public async ValueTask<IReadOnlyList<TakenJob>> TakeAsync(string queue, int most, TimeSpan hidden, CancellationToken cancellation)
    {
        await using var command = _database.Light.CreateCommand(TakeDue);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = most });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = hidden });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = _instance.Number });
        var taken = new List<TakenJob>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            taken.Add(new TakenJob(queue, IdOf(reader.GetInt64(0)), reader.GetInt32(3).ToString(), reader.GetFieldValue<byte[]>(1),
                reader.GetInt32(2), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4))
            { Deaths = reader.GetInt32(5) });
        return taken;
    }

    public async ValueTask CompleteAsync(TakenJob job, CancellationToken cancellation) => await _completed.AddAsync(job);

    private const string DeleteTaken =
        "delete from job using unnest($1, $2) as done (id, taken) where job.id = done.id and job.taken = done.taken";

    private async Task CompleteAllAsync(IReadOnlyList<TakenJob> jobs)
    {
        await using var command = _database.Light.CreateCommand(DeleteTaken);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. jobs.Select(RowOf)] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. jobs.Select(j => j.Taken)] });
        await command.ExecuteNonQueryAsync();
    }

    private const string Return =
        "update job set due_at = now() + $3, attempt = attempt + $4, holder = null where id = $1 and taken = $2";

    public async ValueTask ReturnAsync(TakenJob job, TimeSpan after, bool counted, CancellationToken cancellation)
    {
        await using var command = _database.Light.CreateCommand(Return);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = RowOf(job) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = job.Taken });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = counted ? 1 : 0 });
        await command.ExecuteNonQueryAsync(cancellation);
        _signals.Raise(job.Queue, after);
    }

    private const string IsOneOverdue = "select exists (select from job where queue = $1 and due_at < now() - $2)";

    public async ValueTask<bool> IsBehindAsync(string queue, TimeSpan grace, CancellationToken cancellation)
    {
        await using var command = _database.Light.CreateCommand(IsOneOverdue);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = queue });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = grace });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string IdOf(long row) => row.ToString(CultureInfo.InvariantCulture);

    private static long RowOf(TakenJob job) => long.Parse(job.Id, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _durable.DisposeAsync();
        await _light.DisposeAsync();
        await _completed.DisposeAsync();
    }

    /// <param name="Delay">Until it is due; for one that is taken, until it comes back.</param>
    private sealed record Put(string Queue, byte[] Body, TimeSpan Delay, bool IsTaken, Action<TakenJob>? Kept);
}
