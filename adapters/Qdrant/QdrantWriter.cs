using Support.Knowledge;
using Support.Qdrant.Wire;
using Support.Retrieval.Outside;
using Support.Tenants;

namespace Support.Qdrant;

/// <summary>
/// Writes chunks into one collection. A point's id is the chunk's number: it is unique in the one database whose index this is, nothing has to be
/// looked up or stored to come back from a point to its chunk, and an answer holds eight digits where a UUID takes thirty-six.
/// </summary>
internal sealed class QdrantWriter(QdrantApi api, string collection) : IChunkWriter
{
    public Task PutAsync(TenantId tenant, IReadOnlyList<ChunkVectors> chunks, CancellationToken cancellation) =>
        chunks.Count == 0 ? Task.CompletedTask : api.PutAsync(collection, new Points([.. chunks.Select(chunk => PointOf(tenant, chunk))]), cancellation);

    public Task RelabelAsync(TenantId tenant, long document, Audience audience, CancellationToken cancellation) =>
        api.SetAudienceAsync(collection, TenantFilter.OfDocument(tenant, document), TenantFilter.NameOf(audience), cancellation);

    public Task KeepOnlyAsync(TenantId tenant, long document, IReadOnlyList<long> chunks, CancellationToken cancellation) =>
        api.DeleteAsync(collection, TenantFilter.OfDocumentExcept(tenant, document, chunks), cancellation);

    private static Point PointOf(TenantId tenant, ChunkVectors chunk) => new(
        chunk.ChunkId,
        new PointVectors(SparseOf(chunk.Stems), SparseOf(chunk.Grams), chunk.Dense),
        new PointPayload(tenant.ToString(), TenantFilter.NameOf(chunk.Audience), chunk.DocumentId, chunk.Version));

    /// <summary>A text without words has no vector.</summary>
    internal static Sparse? SparseOf(SparseVector vector) => vector.IsEmpty ? null : new Sparse(vector.Terms, vector.Values);
}
