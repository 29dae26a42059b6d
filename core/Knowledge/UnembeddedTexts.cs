using Support.Database;
using Support.Knowledge.Rounds;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>Texts of published chunks that have no vector of a model yet, in the order of their hashes: one walk over them meets each once.</summary>
internal static class UnembeddedTexts
{
    /// <summary>What every service takes in one call.</summary>
    public const int AtOnce = 64;

    /// <summary>After so many tries without a usable vector a text is left alone.</summary>
    public const int MostFailures = 3;

    // Estimated; services take from 8,000 to 300,000 in a call.
    private const int MostTokens = 8_000;

    private const string Next =
        """
        select distinct on (c.embedded_hash) c.embedded_hash as hash, c.title, c.text
        from chunk c join document d on d.id = c.document_id
        where c.tenant_id = @tenant and c.embedded_hash > @after and d.published_version is not null
          and not exists (select from chunk_vector v where v.tenant_id = @tenant and v.model = @Model and v.length = @Length and v.hash = c.embedded_hash
            and (v.vector is not null or v.failures >= @MostFailures))
        order by c.embedded_hash limit @most
        """;

    /// <summary>As many as one call takes; none after the last.</summary>
    public static async Task<IReadOnlyList<ChunkText>> ReadAsync(DeskDatabase database, TenantId tenant, VectorSpace space, byte[] after, int most, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        var next = await transaction.QueryAsync<ChunkText>(Next, new { tenant = tenant.Value, after, space.Model, space.Length, most, MostFailures }, cancellation);
        var (count, tokens) = (0, 0);
        while (count < next.Count && (tokens += TokenCount.Estimate(next[count].Title) + TokenCount.Estimate(next[count].Text)) <= MostTokens)
            count++;
        // A text that is too long alone is still tried, by itself.
        return [.. next.Take(Math.Max(1, count))];
    }

    private const string Embedded =
        """
        select c.embedded_hash as hash, c.title, c.text
        from chunk_vector v join chunk c on c.tenant_id = @tenant and c.embedded_hash = v.hash
        where v.tenant_id = @tenant and v.model = @Model and v.length = @Length and v.vector is not null
        limit 1
        """;

    /// <summary>One that has its vector; null while none has.</summary>
    public static async Task<ChunkText?> FindEmbeddedAsync(DeskDatabase database, TenantId tenant, VectorSpace space, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        return await transaction.FirstAsync<ChunkText>(Embedded, new { tenant = tenant.Value, space.Model, space.Length }, cancellation);
    }
}
