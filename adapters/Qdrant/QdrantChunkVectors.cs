using Support.Knowledge;
using Support.Qdrant.Wire;
using Support.Retrieval.Outside;
using Support.Tenants;

namespace Support.Qdrant;

/// <summary>The desk's chunks in Qdrant.</summary>
internal sealed class QdrantChunkVectors(QdrantApi api, QdrantCollections collections) : IChunkVectors
{
    private readonly QdrantWriter _writer = new(api, collections.Alias);

    public async Task CheckAsync(CancellationToken cancellation) => await collections.ReadyAsync(cancellation);

    public async Task PutAsync(TenantId tenant, IReadOnlyList<ChunkVectors> chunks, CancellationToken cancellation)
    {
        await collections.EnsureAsync(cancellation);
        await _writer.PutAsync(tenant, chunks, cancellation);
    }

    public async Task RelabelAsync(TenantId tenant, long document, Audience audience, CancellationToken cancellation)
    {
        await collections.EnsureAsync(cancellation);
        await _writer.RelabelAsync(tenant, document, audience, cancellation);
    }

    public async Task KeepOnlyAsync(TenantId tenant, long document, IReadOnlyList<long> chunks, CancellationToken cancellation)
    {
        await collections.EnsureAsync(cancellation);
        await _writer.KeepOnlyAsync(tenant, document, chunks, cancellation);
    }

    public async Task<IReadOnlyCollection<long>> NearestAsync(NearestQuery query, CancellationToken cancellation)
    {
        var version = await collections.ReadyAsync(cancellation);
        var filter = TenantFilter.ReadableBy(query.Tenant, query.Audience).Wire;
        var idf = version.KnowsIdfCorpus ? new SearchParameters(new IdfParameters(TenantFilter.All(query.Tenant).Wire)) : null;
        var searches = new List<QuerySearch>(3);
        if (QdrantWriter.SparseOf(query.Stems) is { } stems)
            searches.Add(new QuerySearch("stems", query.Most, filter) { Vector = new QueryVector(stems, null), Params = idf });
        if (QdrantWriter.SparseOf(query.Grams) is { } grams)
            searches.Add(new QuerySearch("grams", query.Most, filter) { Vector = new QueryVector(grams, null), Params = idf });
        if (query.Dense is { } dense)
            searches.Add(new QuerySearch("dense", query.Most, filter) { Vector = new QueryVector(null, dense) });
        if (searches.Count == 0)
            return [];
        var found = new HashSet<long>();
        foreach (var list in await api.QueryAsync(collections.Alias, new QueryBatch(searches), cancellation))
            found.UnionWith(list.Points.Select(point => (long)point.Id));
        return found;
    }

    public async Task<long> CountAsync(TenantId tenant, CancellationToken cancellation)
    {
        await collections.ReadyAsync(cancellation);
        return await api.CountAsync(collections.Alias, TenantFilter.All(tenant), cancellation);
    }

    public async Task<IChunkVectorsAnew> BeginAnewAsync(CancellationToken cancellation) =>
        new QdrantAnew(api, collections, await collections.CreateNextAsync(cancellation));
}
