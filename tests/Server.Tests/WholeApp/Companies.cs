using Dapper;
using Npgsql;
using Support.Tenants;

namespace Support.Tests.WholeApp;

internal static class Companies
{
    /// <summary>The upload keys of tenants by name, read and derived as the desk's owner would.</summary>
    public static async Task<string[]> KeysAsync(Desk desk, params string[] names)
    {
        await using var connection = new NpgsqlConnection(desk.Database);
        var keys = new List<string>();
        foreach (var name in names)
            keys.Add(Desk.KeyOf(new TenantId(await connection.QuerySingleAsync<Guid>("select id from tenant where name = @name", new { name }))));
        return [.. keys];
    }
}
