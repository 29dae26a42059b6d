using System.Data;
using Dapper;
using Npgsql;
using Support.Jobs;
using Support.Tenants;

namespace Support.Database;

/// <summary>
/// One transaction on one tenant's rows: it runs as support_tenant with support.tenant set, so row-level security hides
/// everything else. What must be woken afterwards is collected here and handed to the queue after the commit.
/// </summary>
public sealed class TenantTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly List<WakeUp> _wakeUps = [];

    private TenantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, TenantId tenant)
    {
        _connection = connection;
        _transaction = transaction;
        Tenant = tenant;
    }

    public TenantId Tenant { get; }

    public IReadOnlyList<WakeUp> WakeUps => _wakeUps;

    private const string BecomeTenant = "select set_config('role', 'support_tenant', true), set_config('support.tenant', $1, true)";

    internal static async Task<TenantTransaction> BeginAsync(NpgsqlDataSource source, TenantId tenant, IsolationLevel isolation, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolation, cancellation);
            await using var become = new NpgsqlCommand(BecomeTenant, connection, transaction);
            become.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
            await become.ExecuteNonQueryAsync(cancellation);
            return new TenantTransaction(connection, transaction, tenant);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts as the desk's own role, runs <paramref name="first"/> on desk tables, and becomes the tenant only if it returned true; else rolls back and returns null.</summary>
    public static async Task<TenantTransaction?> BeginAfterAsync(NpgsqlDataSource source, TenantId tenant, NpgsqlBatchCommand first, CancellationToken cancellation)
    {
        var connection = await source.OpenConnectionAsync(cancellation);
        NpgsqlTransaction? transaction = null;
        try
        {
            transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
            await using var batch = new NpgsqlBatch(connection, transaction);
            batch.BatchCommands.Add(first);
            var become = new NpgsqlBatchCommand(BecomeTenant);
            become.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tenant.ToString() });
            batch.BatchCommands.Add(become);
            await batch.ExecuteNonQueryAsync(cancellation);
            if (first.RecordsAffected > 0)
                return new TenantTransaction(connection, transaction, tenant);
            await transaction.RollbackAsync(cancellation);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellation) =>
        _connection.ExecuteAsync(new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellation));

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellation) =>
        (await _connection.QueryAsync<T>(new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellation))).AsList();

    public Task<T?> FirstAsync<T>(string sql, object? parameters, CancellationToken cancellation) =>
        _connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellation));

    /// <summary>Two questions in one journey: a row of the first, the rows of the second.</summary>
    public async Task<(TFirst? First, IReadOnlyList<TSecond> Second)> QueryTwoAsync<TFirst, TSecond>(string first, string second, object parameters, CancellationToken cancellation)
    {
        await using var results = await _connection.QueryMultipleAsync(new CommandDefinition(first + ";\n" + second, parameters, _transaction, cancellationToken: cancellation));
        var row = await results.ReadFirstOrDefaultAsync<TFirst>();
        return (row, (await results.ReadAsync<TSecond>()).AsList());
    }

    /// <summary>Several statements in one journey; results are read in order.</summary>
    public NpgsqlBatch Batch() => new(_connection, _transaction);

    /// <summary>To be put on its queue once this transaction has committed.</summary>
    public void Wake(WakeUp wakeUp)
    {
        if (!_wakeUps.Contains(wakeUp))
            _wakeUps.Add(wakeUp);
    }

    /// <summary>Leaves the tenant's role for statements on desk tables at the very end (a lease's token check).</summary>
    public async Task<int> ExecuteAsDeskAsync(string sql, object parameters, CancellationToken cancellation)
    {
        await _connection.ExecuteAsync(new CommandDefinition("select set_config('role', 'none', true)", transaction: _transaction, cancellationToken: cancellation));
        return await ExecuteAsync(sql, parameters, cancellation);
    }

    /// <summary>Commits and returns what to wake.</summary>
    public async Task CommitAsync(CancellationToken cancellation) => await _transaction.CommitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
