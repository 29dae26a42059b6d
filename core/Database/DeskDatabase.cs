using System.Data;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using Support.Tenants;

namespace Support.Database;

/// <summary>
/// The way to PostgreSQL. Work on a company's rows happens in a <see cref="TenantTransaction"/>, which can see no other
/// company's; desk tables are reached through plain connections of <see cref="Source"/>.
/// </summary>
public sealed class DeskDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    static DeskDatabase() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    public DeskDatabase(IOptions<DatabaseOptions> options)
    {
        var address = ConnectionText.Parse(options.Value.ConnectionString);
        address.MaxPoolSize = options.Value.Connections;
        address.MinPoolSize = 2;
        address.MaxAutoPrepare = 200;
        address.AutoPrepareMinUsages = 2;
        address.Timeout = 5;
        address.CommandTimeout = 30;
        address.ApplicationName = "support";
        address.NoResetOnClose = true;
        address.Enlist = false;
        Unpooled = new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, CommandTimeout = 30, KeepAlive = 15, MinPoolSize = 0 }.ConnectionString;
        // The statements here find rows by their keys, whatever the values and however small the table is today: planning them anew for each
        // value costs more than running them, and a plan made while a table was empty must not read all of it when it has grown.
        // A search path without "$user" need not be looked up again at each change of role.
        address.Options = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c search_path=public";
        Source = NpgsqlDataSource.Create(address.ConnectionString);
        address.Options += " -c synchronous_commit=off";
        address.MaxPoolSize = Math.Max(4, options.Value.Connections / 3);
        Light = NpgsqlDataSource.Create(address.ConnectionString);
    }

    public NpgsqlDataSource Source { get; }

    /// <summary>Commits without waiting for the disk: for what the sweep can bring back (wake-ups, takings, completions).</summary>
    public NpgsqlDataSource Light { get; }

    /// <summary>For LISTEN and advisory locks, which belong to one connection as long as it lives.</summary>
    public string Unpooled { get; }

    public async Task<TenantTransaction> BeginAsync(TenantId tenant, CancellationToken cancellation) =>
        await TenantTransaction.BeginAsync(Source, tenant, IsolationLevel.ReadCommitted, cancellation);

    /// <summary>For several questions that must see one and the same moment.</summary>
    public async Task<TenantTransaction> BeginSnapshotAsync(TenantId tenant, CancellationToken cancellation) =>
        await TenantTransaction.BeginAsync(Source, tenant, IsolationLevel.RepeatableRead, cancellation);

    /// <summary>Whether it answers within a few seconds.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await using var connection = await Source.OpenConnectionAsync(patience.Token);
            await connection.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: patience.Token));
            return true;
        }
        catch (Exception e) when (IsAway(e) || e is OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Light.DisposeAsync();
        await Source.DisposeAsync();
    }

    /// <summary>The database cannot be reached or is starting or stopping: wait and carry on, nothing is wrong with the work itself.</summary>
    public static bool IsAway(Exception e) => e switch
    {
        PostgresException p => p.SqlState.StartsWith("08", StringComparison.Ordinal) || p.SqlState is "57P01" or "57P02" or "57P03" or "53300",
        NpgsqlException n => n.InnerException is IOException or System.Net.Sockets.SocketException or TimeoutException or null,
        TimeoutException => true,
        System.Net.Sockets.SocketException => true,
        IOException => true,
        _ => false,
    };
}
