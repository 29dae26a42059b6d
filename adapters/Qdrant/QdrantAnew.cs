using Support.Knowledge;
using Support.Retrieval.Outside;
using Support.Tenants;

namespace Support.Qdrant;

/// <summary>A collection that is filled beside the one that serves.</summary>
internal sealed class QdrantAnew(QdrantApi api, QdrantCollections collections, string name) : IChunkVectorsAnew
{
    private readonly QdrantWriter _writer = new(api, name);
    private bool _serves;

    public Task PutAsync(TenantId tenant, IReadOnlyList<ChunkVectors> chunks, CancellationToken cancellation) => _writer.PutAsync(tenant, chunks, cancellation);

    public Task RelabelAsync(TenantId tenant, long document, Audience audience, CancellationToken cancellation) => _writer.RelabelAsync(tenant, document, audience, cancellation);

    public Task KeepOnlyAsync(TenantId tenant, long document, IReadOnlyList<long> chunks, CancellationToken cancellation) => _writer.KeepOnlyAsync(tenant, document, chunks, cancellation);

    public async Task ServeAsync(CancellationToken cancellation)
    {
        _serves = true;
        await collections.ServeAsync(name, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_serves)
            return;
        try
        {
            await collections.RemoveAsync(name, CancellationToken.None);
        }
        catch (KnowledgeIndexException)
        {
            // The failure that led here is the one to tell; the next rebuild removes what is left.
        }
    }
}
