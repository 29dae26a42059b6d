using Support.Database;
using Support.Jobs;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>How far a tenant's chunks are embedded, and whose vectors serve. Each step holds the lease on longer, and does nothing without it.</summary>
internal static class EmbeddingState
{
    private const string Reached = "select knowledge_change from tenant where id = @tenant";

    // The first vectors serve at once; those of another model wait until they are complete. Whoever reads them follows the change number.
    private const string Store =
        """
        with counted as (
            update tenant set
                vectors_model = coalesce(vectors_model, @Model), vectors_length = coalesce(vectors_length, @Length), vectors_since = coalesce(vectors_since, knowledge_change + 1),
                knowledge_change = knowledge_change + case when coalesce(vectors_model, @Model) = @Model and coalesce(vectors_length, @Length) = @Length then 1 else 0 end
            where id = @tenant returning knowledge_change)
        insert into chunk_vector (tenant_id, model, length, hash, vector, change)
        select @tenant, @Model, @Length, one.hash, nullif(one.vector, ''::bytea), counted.knowledge_change from counted, unnest(@hashes, @vectors) as one (hash, vector)
        on conflict (tenant_id, model, length, hash) do nothing
        """;

    private const string Finish =
        """
        update tenant set
            knowledge_change = knowledge_change + case when is_other then 1 else 0 end,
            vectors_since = case when is_other then knowledge_change + 1 else vectors_since end,
            vectors_model = @Model, vectors_length = @Length,
            embedded_model = @Model, embedded_length = @Length, embedded_at = @now,
            embedded_change = case when knowledge_change = @change and is_other then knowledge_change + 1 else @change end
        from (select vectors_model is distinct from @Model or vectors_length is distinct from @Length as is_other from tenant where id = @tenant) serving
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

    /// <returns>The change number that what is read from now on has seen; null when another process has the lease.</returns>
    public static async Task<long?> BeginAsync(DeskDatabase database, WorkerInstance instance, Lease lease, TenantId tenant, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Light, tenant, lease.Take(instance), cancellation);
        if (transaction is null)
            return null;
        var change = await transaction.FirstAsync<long>(Reached, new { tenant = tenant.Value }, cancellation);
        await transaction.CommitAsync(cancellation);
        return change;
    }

    public static async Task<long> ChangeAsync(DeskDatabase database, TenantId tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        return await transaction.FirstAsync<long>(Reached, new { tenant = tenant.Value }, cancellation);
    }

    /// <param name="vectors">Of each text; null where the model refuses it.</param>
    /// <returns>False when the lease was lost; nothing is stored then.</returns>
    public static async Task<bool> StoreAsync(
        DeskDatabase database, Lease lease, TenantId tenant, VectorSpace space, IReadOnlyList<UnembeddedText> texts, IReadOnlyList<float[]?> vectors, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Extend(), cancellation);
        if (transaction is null)
            return false;
        await transaction.ExecuteAsync(Store, new
        {
            tenant = tenant.Value,
            space.Model,
            space.Length,
            hashes = texts.Select(text => text.Hash).ToArray(),
            vectors = vectors.Select(vector => vector is null ? [] : PackedVector.Of(vector)).ToArray(),
        }, cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Every text published up to a change has its vector: those of this model serve from now on, and what nothing uses any more goes.</summary>
    public static async Task FinishAsync(DeskDatabase database, Lease lease, TenantId tenant, VectorSpace space, long change, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Release(), cancellation);
        if (transaction is null)
            return;
        await transaction.ExecuteAsync(DropOtherModels, new { tenant = tenant.Value, space.Model, space.Length }, cancellation);
        await transaction.ExecuteAsync(MarkUnused, new { tenant = tenant.Value, now }, cancellation);
        await transaction.ExecuteAsync(DropUnused, new { tenant = tenant.Value, longAgo = now - KeptUnused }, cancellation);
        // The tenant's row is locked last and briefly.
        await transaction.ExecuteAsync(Finish, new { tenant = tenant.Value, space.Model, space.Length, change, now }, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
