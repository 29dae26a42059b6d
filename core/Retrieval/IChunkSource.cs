using Support.Tenants;
using Support.Text;

namespace Support.Retrieval;

/// <summary>Where an in-process index reads the knowledge of a tenant, change by change.</summary>
public interface IChunkSource
{
    /// <summary>Every document that changed after change number <paramref name="since"/> (0: everything), and the number reached.</summary>
    ValueTask<KnowledgeChanges> ChangesAsync(TenantId tenant, long since, CancellationToken cancellation);
}

/// <param name="Documents">Only those that changed.</param>
public sealed record KnowledgeChanges(long Reached, IReadOnlyList<ChangedDocument> Documents)
{
    /// <summary>All of the tenant's own words, changed or not.</summary>
    public SynonymLines Synonyms { get; init; } = SynonymLines.None;
}

/// <param name="Chunks">All the document now has; empty when it was removed.</param>
public sealed record ChangedDocument(long DocumentId, IReadOnlyList<IndexedChunk> Chunks)
{
    /// <summary>What a model wrote for its chunks, by their ids; chunks without are left out.</summary>
    public IReadOnlyDictionary<long, IReadOnlyList<string>> Questions { get; init; } = new Dictionary<long, IReadOnlyList<string>>();
}
