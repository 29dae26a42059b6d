using Support.Database;
using Support.Knowledge.Rounds;
using Support.Retrieval.Dense;

namespace Support.Knowledge;

/// <summary>How far a tenant's chunks are embedded, and whose vectors serve. Whoever changes it holds the company's lease.</summary>
internal static class EmbeddingState
{
    // The first vectors serve at once; those of another model wait until they are complete. Whoever reads them follows the change number, which failures alone do not raise.
    private const string Store =
        """
        with counted as (
            update tenant set
                vectors_model = coalesce(vectors_model, @Model), vectors_length = coalesce(vectors_length, @Length), vectors_since = coalesce(vectors_since, knowledge_change + 1),
                knowledge_change = knowledge_change + case when @hasVectors and coalesce(vectors_model, @Model) = @Model and coalesce(vectors_length, @Length) = @Length then 1 else 0 end
            where id = @tenant returning knowledge_change)
        insert into chunk_vector as known (tenant_id, model, length, hash, vector, change, failures)
        select @tenant, @Model, @Length, one.hash, nullif(one.vector, ''::bytea), counted.knowledge_change, one.failures from counted, unnest(@hashes, @vectors, @failures) as one (hash, vector, failures)
        on conflict (tenant_id, model, length, hash) do update set
            vector = excluded.vector, change = excluded.change, unused_since = null, failures = case when excluded.vector is null then known.failures + excluded.failures else 0 end
        where known.vector is null
        returning failures
        """;

    // What was looked at, without a change of whose vectors serve.
    private const string Note =
        """
        update tenant set embedded_model = @Model, embedded_length = @Length, embedded_at = @now, embedded_change = @change where id = @tenant
        """;

    private const string Coverage =
        """
        select count(*) as texts, count(v.vector) as vectors
        from (select distinct c.embedded_hash as hash from chunk c join document d on d.id = c.document_id where c.tenant_id = @tenant and d.published_version is not null) used
        left join chunk_vector v on v.tenant_id = @tenant and v.model = @Model and v.length = @Length and v.hash = used.hash
        """;

    private const string OthersServe =
        """
        select vectors_model is not null and (vectors_model <> @Model or vectors_length <> @Length) from tenant where id = @tenant
        """;

    private const string Finish =
        """
        update tenant set
            knowledge_change = knowledge_change + case when is_other then 1 else 0 end,
            vectors_since = case when is_other then knowledge_change + 1 else vectors_since end,
            vectors_model = @Model, vectors_length = @Length,
            embedded_model = @Model, embedded_length = @Length, embedded_at = @now,
            embedded_change = case when knowledge_change = @change and is_other then knowledge_change + 1 else @change end
        from (select coalesce(vectors_model <> @Model or vectors_length <> @Length, false) as is_other from tenant where id = @tenant) serving
        where id = @tenant
        """;

    /// <summary>A document that is put back within this time costs no embedding.</summary>
    private static readonly TimeSpan KeptUnused = TimeSpan.FromDays(7);

    private const string DropOtherModels = "delete from chunk_vector where tenant_id = @tenant and (model <> @Model or length <> @Length)";

    private const string IsUsed = "exists (select from chunk c where c.tenant_id = @tenant and c.embedded_hash = v.hash)";

    private const string MarkUnused =
        $"""
        update chunk_vector v set unused_since = case when {IsUsed} then null else @now end
        where v.tenant_id = @tenant and (v.unused_since is null) <> {IsUsed}
        """;

    private const string DropUnused = "delete from chunk_vector where tenant_id = @tenant and unused_since < @longAgo";

    public static async Task<Kept> StoreAsync(TenantTransaction transaction, VectorSpace space, IReadOnlyList<TextVector> done, CancellationToken cancellation) => Kept.Of(await transaction.QueryAsync<int>(Store, new
    {
        tenant = transaction.Tenant.Value,
        space.Model,
        space.Length,
        hashes = done.Select(one => one.Hash).ToArray(),
        vectors = done.Select(one => one.Vector is null ? [] : PackedVector.Of(one.Vector)).ToArray(),
        failures = done.Select(one => one.Failures).ToArray(),
        hasVectors = done.Any(one => one.Vector is not null),
    }, cancellation), UnembeddedTexts.MostFailures);

    /// <summary>Every text published up to a change was looked at: this model's vectors serve from now on, and what nothing uses any more goes.</summary>
    /// <returns>Null; or how few texts have a vector of this model, so that those of the one before serve on.</returns>
    public static async Task<VectorCoverage?> FinishAsync(TenantTransaction transaction, VectorSpace space, long change, DateTimeOffset now, CancellationToken cancellation)
    {
        var at = new { tenant = transaction.Tenant.Value, space.Model, space.Length, change, now };
        var tooFew = await transaction.FirstAsync<bool>(OthersServe, at, cancellation) && await transaction.FirstAsync<VectorCoverage>(Coverage, at, cancellation) is { IsEnough: false } found ? found : null;
        if (tooFew is null)
            await transaction.ExecuteAsync(DropOtherModels, at, cancellation);
        await transaction.ExecuteAsync(MarkUnused, at, cancellation);
        await transaction.ExecuteAsync(DropUnused, new { at.tenant, longAgo = now - KeptUnused }, cancellation);
        // The tenant's row is locked last and briefly.
        await transaction.ExecuteAsync(tooFew is null ? Finish : Note, at, cancellation);
        return tooFew;
    }
}

/// <param name="Texts">That are published.</param>
/// <param name="Vectors">How many of them have one of a model.</param>
internal sealed record VectorCoverage(long Texts, long Vectors)
{
    /// <summary>With fewer than half, most passages would be found by their words alone, and worse than before.</summary>
    public bool IsEnough => 2 * Vectors >= Texts;
}
