using Npgsql;
using Support.Tenants;

namespace Support.Jobs;

/// <summary>
/// The right to work on one conversation or one chat: a row with a token and an end, not a transaction, because models
/// and networks are slow. Whoever commits checks that the token is still there.
/// </summary>
public sealed record Lease(string Name, Guid Token)
{
    /// <summary>Longer than any honest piece of work; a dead holder's lease is freed earlier by <see cref="WorkerInstance.FreeAbandonedAsync"/>.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(90);

    public static Lease OnConversation(long id) => new($"conversation:{id}", Guid.NewGuid());

    public static Lease OnChat(BotId bot, long chat) => new($"chat:{bot}:{chat}", Guid.NewGuid());

    public static Lease On(string name) => new(name, Guid.NewGuid());

    private const string TakeIfFree =
        """
        insert into lease (name, token, holder, until) values ($1, $2, $3, now() + $4)
        on conflict (name) do update set token = excluded.token, holder = excluded.holder, until = excluded.until
        where lease.until < now()
        """;

    /// <summary>Affects one row when the lease was free.</summary>
    public NpgsqlBatchCommand Take(WorkerInstance holder)
    {
        var command = new NpgsqlBatchCommand(TakeIfFree);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Token });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = holder.Number });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Length });
        return command;
    }

    /// <summary>True when it is still held; then it is held for its whole length again.</summary>
    public async Task<bool> ExtendAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(ExtendIfHeld);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Token });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Length });
        return await command.ExecuteNonQueryAsync(cancellation) > 0;
    }

    /// <summary>After a failure: gives it back if the database can be asked, else it ends by its time.</summary>
    public async Task TryReleaseAsync(NpgsqlDataSource source)
    {
        try
        {
            await ReleaseAsync(source, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The failure that led here is the one to tell; the lease runs out or is freed with its holder.
        }
    }

    private const string ReleaseIfHeld = "delete from lease where name = $1 and token = $2";

    /// <summary>Affects one row when the lease was still held; gives it back.</summary>
    public NpgsqlBatchCommand Release()
    {
        var command = new NpgsqlBatchCommand(ReleaseIfHeld);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Token });
        return command;
    }

    /// <summary>Gives it back when nothing was to be done.</summary>
    public async Task ReleaseAsync(NpgsqlDataSource source, CancellationToken cancellation)
    {
        await using var command = source.CreateCommand(ReleaseIfHeld);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Token });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private const string ExtendIfHeld = "update lease set until = now() + $3 where name = $1 and token = $2";

    /// <summary>Affects one row when the lease is still held; holds it longer.</summary>
    public NpgsqlBatchCommand Extend()
    {
        var command = new NpgsqlBatchCommand(ExtendIfHeld);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Name });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Token });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = Length });
        return command;
    }
}
