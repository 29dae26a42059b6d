using Support.Database;
using Support.Knowledge.Rounds;
using Support.Tenants;

namespace Support.Knowledge.Written;

/// <summary>Texts of published chunks for which a model has written no questions yet, in the order of their hashes: one walk over them meets each once.</summary>
internal static class UnwrittenTexts
{
    /// <summary>After so many tries without a usable answer a text is left alone.</summary>
    public const int MostFailures = 3;

    private const string Next =
        """
        select distinct on (c.embedded_hash) c.embedded_hash as hash, c.title, c.text
        from chunk c join document d on d.id = c.document_id
        where c.tenant_id = @tenant and c.embedded_hash > @after and d.published_version is not null
          and not exists (
            select from chunk_questions q
            where q.tenant_id = @tenant and q.hash = c.embedded_hash and q.model = @model and (q.failures = 0 or q.failures >= @MostFailures))
        order by c.embedded_hash limit @limit
        """;

    public static async Task<IReadOnlyList<ChunkText>> ReadAsync(DeskDatabase database, TenantId tenant, string model, byte[] after, int limit, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        return await transaction.QueryAsync<ChunkText>(Next, new { tenant = tenant.Value, after, model, limit, MostFailures }, cancellation);
    }
}
