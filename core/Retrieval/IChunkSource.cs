using Support.Tenants;

namespace Support.Retrieval;

/// <summary>Where an in-process index reads the knowledge of a tenant, change by change.</summary>
public interface IChunkSource
{
    /// <summary>Every document that changed after change number <paramref name="since"/> (0: everything), and the number reached.</summary>
    ValueTask<KnowledgeChanges> ChangesAsync(TenantId tenant, long since, CancellationToken cancellation);
}

public sealed record KnowledgeChanges(long Reached, IReadOnlyList<ChangedDocument> Documents);

/// <param name="Chunks">All the document now has; empty when it was removed.</param>
public sealed record ChangedDocument(long DocumentId, IReadOnlyList<IndexedChunk> Chunks);
