using Support.Database;
using Support.Tenants;

namespace Support.Knowledge.Rounds;

/// <summary>The number of the last change of a company's knowledge: what is read after it has seen that change.</summary>
internal static class KnowledgeChange
{
    private const string Reached = "select knowledge_change from tenant where id = @tenant";

    public static async Task<long> ReadAsync(DeskDatabase database, TenantId tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        return await ReadAsync(transaction, cancellation);
    }

    public static Task<long> ReadAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        transaction.FirstAsync<long>(Reached, new { tenant = transaction.Tenant.Value }, cancellation);
}
