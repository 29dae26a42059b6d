using Support.Database;
using Support.Tenants;

namespace Support.Retrieval.Dense;

/// <summary>Gives in-process indexes the vectors that changed since a change number, straight from PostgreSQL.</summary>
public sealed class PostgresVectorSource(DeskDatabase database) : IVectorSource
{
    private const string State = "select knowledge_change as change, vectors_model as model, vectors_length as length, vectors_since as since from tenant";

    private const string OfChangedDocuments =
        """
        select c.id, v.vector from document d
        join chunk c on c.document_id = d.id
        join chunk_vector v on v.tenant_id = @tenant and v.model = @model and v.length = @length and v.hash = c.embedded_hash
        where d.change > @since and d.published_version is not null and v.vector is not null
        """;

    private const string ChangedVectors =
        """
        select c.id, v.vector from chunk_vector v
        join chunk c on c.tenant_id = @tenant and c.embedded_hash = v.hash
        join document d on d.id = c.document_id
        where v.tenant_id = @tenant and v.model = @model and v.length = @length and v.change > @since and d.published_version is not null and v.vector is not null
        """;

    public async ValueTask<VectorChanges> ChangesAsync(TenantId tenant, VectorSpace? known, long since, CancellationToken cancellation)
    {
        // One moment for all, else a vector that comes in between would be missed.
        await using var transaction = await database.BeginSnapshotAsync(tenant, cancellation);
        var state = await transaction.FirstAsync<StateRow>(State, null, cancellation) ?? new StateRow(0, null, null, null);
        if (state.Model is null || state.Length is not { } length)
            return new VectorChanges(state.Change, null, IsWhole: true, []);
        var space = new VectorSpace(state.Model, length);
        var isWhole = known != space || since < (state.Since ?? 0);
        var asked = new { tenant = tenant.Value, model = space.Model, length, since = isWhole ? -1 : since };
        var vectors = await transaction.QueryAsync<VectorRow>(OfChangedDocuments, asked, cancellation);
        var more = isWhole ? [] : await transaction.QueryAsync<VectorRow>(ChangedVectors, asked, cancellation);
        await transaction.CommitAsync(cancellation);
        return new VectorChanges(state.Change, space, isWhole, [.. vectors.Concat(more).DistinctBy(row => row.Id).Select(row => new ChunkVector(row.Id, row.Vector))]);
    }

    private sealed record StateRow(long Change, string? Model, int? Length, long? Since);

    private sealed record VectorRow(long Id, byte[] Vector);
}
