using Support.Knowledge;
using Support.Tenants;

namespace Support.Retrieval.Outside;

/// <summary>
/// The chunks of all tenants as vectors, kept outside PostgreSQL. It gives candidates only: whatever it returns counts only if PostgreSQL has it as
/// published, so what it has too many is harmless. Every method throws <see cref="KnowledgeIndexException"/> when it cannot be done.
/// </summary>
public interface IChunkVectors : IChunkWriter
{
    /// <summary>The chunks nearest to a question by each of its vectors, in no order.</summary>
    Task<IReadOnlyCollection<long>> NearestAsync(NearestQuery query, CancellationToken cancellation);

    /// <summary>How many chunks of the tenant are here.</summary>
    Task<long> CountAsync(TenantId tenant, CancellationToken cancellation);

    /// <summary>Begins another set of vectors beside the one that serves. Disposed of before it serves, it is removed.</summary>
    Task<IChunkVectorsAnew> BeginAnewAsync(CancellationToken cancellation);

    /// <summary>Refuses what cannot be worked with: a server that is away, too old, or holds vectors of another shape.</summary>
    Task CheckAsync(CancellationToken cancellation);
}

public interface IChunkWriter
{
    /// <summary>Adds or replaces chunks. When this returns, every search sees them.</summary>
    Task PutAsync(TenantId tenant, IReadOnlyList<ChunkVectors> chunks, CancellationToken cancellation);

    /// <summary>All chunks of the document are now for this audience.</summary>
    Task RelabelAsync(TenantId tenant, long document, Audience audience, CancellationToken cancellation);

    /// <summary>The document has these chunks and no others.</summary>
    Task KeepOnlyAsync(TenantId tenant, long document, IReadOnlyList<long> chunks, CancellationToken cancellation);
}

public interface IChunkVectorsAnew : IChunkWriter, IAsyncDisposable
{
    /// <summary>From now on this set serves, in one step; the former one is removed.</summary>
    Task ServeAsync(CancellationToken cancellation);
}

/// <param name="Dense">Of an embedding model; null where there is none.</param>
public sealed record ChunkVectors(long ChunkId, long DocumentId, int Version, Audience Audience, SparseVector Stems, SparseVector Grams, float[]? Dense);

/// <param name="Most">Of each vector.</param>
public sealed record NearestQuery(TenantId Tenant, Audience Audience, SparseVector Stems, SparseVector Grams, float[]? Dense, int Most);

/// <summary>Values by term, each term once. Terms are the numbers of <see cref="TermHash.Sparse(string)"/>.</summary>
public sealed record SparseVector(IReadOnlyList<uint> Terms, IReadOnlyList<float> Values)
{
    public bool IsEmpty => Terms.Count == 0;

    public static SparseVector Of(Dictionary<uint, float> values) => new([.. values.Keys], [.. values.Values]);
}
