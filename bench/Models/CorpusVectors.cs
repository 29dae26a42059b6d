using Support.Models;
using Support.Retrieval;
using Support.Retrieval.Dense;
using Support.Tenants;

namespace Support.Bench.Models;

/// <summary>Vectors in the place of a database's: of all chunks, made once by the embedding model that is set. Without one there are none.</summary>
internal sealed class CorpusVectors : IVectorSource
{
    // As the desk has it.
    private const int TextsInCall = 64;

    private VectorSpace? _space;
    private IReadOnlyList<ChunkVector> _vectors = [];

    public ValueTask<VectorChanges> ChangesAsync(TenantId tenant, VectorSpace? known, long since, CancellationToken cancellation) =>
        ValueTask.FromResult(new VectorChanges(1, _space, IsWhole: true, _vectors));

    /// <exception cref="ModelException">The model gave nothing for some of them.</exception>
    public async Task EmbedAsync(IModels models, TenantId tenant, IReadOnlyList<IndexedChunk> chunks, CancellationToken cancellation)
    {
        if (models.NameOf(ModelRole.Embedding) is not { } model || !models.Has(ModelRole.Embedding))
            return;
        var vectors = new List<ChunkVector>(chunks.Count);
        foreach (var some in chunks.Chunk(TextsInCall))
        {
            var embedded = await TextEmbedding.OfAsync(models, new ModelUse(tenant), [.. some.Select(chunk => EmbeddedText.Of(chunk.Title, chunk.Text))], cancellation);
            _space ??= new VectorSpace(model, embedded[0].Length);
            vectors.AddRange(some.Zip(embedded, (chunk, vector) => new ChunkVector(chunk.ChunkId, PackedVector.Of(vector))));
        }
        _vectors = vectors;
    }
}
