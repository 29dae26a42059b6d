using Dapper;
using Npgsql;
using Support.Tenants;

namespace Support.Tests.WholeApp;

/// <summary>A look into the desk's database with the eyes of one tenant.</summary>
internal sealed class Memory(string address, TenantId tenant)
{
    public TenantId Tenant { get; } = tenant;

    public static async Task<Memory> OfAsync(Desk desk, string name = "default")
    {
        await using var connection = new NpgsqlConnection(desk.Database);
        return new Memory(desk.Database, new TenantId(await connection.QuerySingleAsync<Guid>("select id from tenant where name = @name", new { name })));
    }

    public async Task<T> OneAsync<T>(string sql, object? parameters = null) => Assert.Single(await AllAsync<T>(sql, parameters));

    public async Task<IReadOnlyList<T>> AllAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = new NpgsqlConnection(address);
        await using var transaction = await BeginAsync(connection);
        return (await connection.QueryAsync<T>(sql, parameters, transaction)).AsList();
    }

    /// <summary>Returns how many rows were changed.</summary>
    public async Task<int> ChangeAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(address);
        await using var transaction = await BeginAsync(connection);
        var changed = await connection.ExecuteAsync(sql, transaction: transaction);
        await transaction.CommitAsync();
        return changed;
    }

    private async Task<NpgsqlTransaction> BeginAsync(NpgsqlConnection connection)
    {
        await connection.OpenAsync();
        var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select set_config('support.tenant', @tenant, true)", new { tenant = Tenant.ToString() }, transaction);
        return transaction;
    }
}
