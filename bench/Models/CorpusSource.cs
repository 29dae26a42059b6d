using Support.Retrieval;
using Support.Tenants;

namespace Support.Bench.Models;

/// <summary>Chunks in the place of a database's.</summary>
internal sealed class CorpusSource(IReadOnlyList<IndexedChunk> chunks) : IChunkSource
{
    public ValueTask<KnowledgeChanges> ChangesAsync(TenantId tenant, long since, CancellationToken cancellation) =>
        ValueTask.FromResult(new KnowledgeChanges(1, [.. chunks.GroupBy(chunk => chunk.DocumentId).Select(document => new ChangedDocument(document.Key, [.. document]))]));
}
