using Npgsql;
using Support.Database;

namespace Support.Jobs;

/// <summary>Bodies of jobs that are too large for a queue outside of PostgreSQL. They go with their job; a body that its job left behind is removed by the sweep.</summary>
public sealed class KeptBodies(DeskDatabase database)
{
    /// <summary>No job is tried for longer than a day, and no update is repeated for longer.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(8);

    private const string Insert = "insert into kept_body (body) values ($1) returning id";

    /// <summary>Returns its number once it is on the disk.</summary>
    public async Task<long> KeepAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        await using var command = database.Source.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = body.ToArray() });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private const string Find = "select body from kept_body where id = $1";

    /// <returns>Null when its job is done, or when it was too old.</returns>
    public async Task<byte[]?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var command = database.Light.CreateCommand(Find);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        return (byte[]?)await command.ExecuteScalarAsync(cancellation);
    }

    private const string Forget = "delete from kept_body where id = $1";

    public async Task ForgetAsync(long id, CancellationToken cancellation)
    {
        await using var command = database.Light.CreateCommand(Forget);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private const string ForgetOld = "delete from kept_body where at < now() - $1";

    /// <summary>Removes those whose job is long over. Returns how many.</summary>
    public async Task<int> ForgetOldAsync(CancellationToken cancellation)
    {
        await using var command = database.Light.CreateCommand(ForgetOld);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Age });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
