using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Support.Qdrant.Wire;
using Support.Retrieval.Outside;

namespace Support.Qdrant;

/// <summary>The calls of Qdrant's REST API that the desk uses; https://api.qdrant.tech lists all. A collection may be given by its alias.</summary>
internal sealed class QdrantApi(QdrantTransport transport)
{
    private const string Completed = "completed";

    public string Address => transport.Address;

    public Task<ServerVersion> VersionAsync(CancellationToken cancellation) => transport.ReadAsync("", QdrantJson.Default.ServerVersion, cancellation);

    public async Task<IReadOnlyList<string>> CollectionsAsync(CancellationToken cancellation) =>
        [.. (await transport.CallAsync(HttpMethod.Get, "collections", null, QdrantJson.Default.CollectionList, cancellation))?.Collections.Select(one => one.Name) ?? []];

    /// <returns>Null when there is none.</returns>
    public Task<CollectionInfo?> CollectionAsync(string name, CancellationToken cancellation) =>
        transport.CallAsync(HttpMethod.Get, $"collections/{name}", null, QdrantJson.Default.Collection, cancellation);

    public Task CreateAsync(string name, NewCollection collection, CancellationToken cancellation) =>
        transport.CallLongAsync(HttpMethod.Put, $"collections/{name}", Write(collection, QdrantJson.Default.NewCollection), QdrantJson.Default.Done, cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation) =>
        transport.CallLongAsync(HttpMethod.Delete, $"collections/{name}", null, QdrantJson.Default.Done, cancellation);

    public Task IndexFieldAsync(string collection, FieldIndex index, CancellationToken cancellation) =>
        UpdateAsync(HttpMethod.Put, collection, "index", Write(index, QdrantJson.Default.FieldIndex), cancellation);

    public async Task<IReadOnlyList<AliasName>> AliasesAsync(CancellationToken cancellation) =>
        (await transport.CallAsync(HttpMethod.Get, "aliases", null, QdrantJson.Default.AliasList, cancellation))?.Aliases ?? [];

    /// <summary>All of them in one step.</summary>
    public Task ChangeAliasesAsync(AliasActions actions, CancellationToken cancellation) =>
        transport.CallAsync(HttpMethod.Post, "collections/aliases", Write(actions, QdrantJson.Default.AliasActions), QdrantJson.Default.Done, cancellation);

    public Task PutAsync(string collection, Points points, CancellationToken cancellation) =>
        UpdateAsync(HttpMethod.Put, collection, "points", Write(points, QdrantJson.Default.Points), cancellation);

    public Task DeleteAsync(string collection, TenantFilter which, CancellationToken cancellation) =>
        UpdateAsync(HttpMethod.Post, collection, "points/delete", Write(new DeletePoints(which.Wire), QdrantJson.Default.DeletePoints), cancellation);

    public Task SetAudienceAsync(string collection, TenantFilter which, string audience, CancellationToken cancellation) =>
        UpdateAsync(HttpMethod.Post, collection, "points/payload", Write(new SetPayload(new AudiencePayload(audience), which.Wire), QdrantJson.Default.SetPayload), cancellation);

    public async Task<QueryPoints[]> QueryAsync(string collection, QueryBatch batch, CancellationToken cancellation) =>
        await transport.CallAsync(HttpMethod.Post, $"collections/{collection}/points/query/batch", Write(batch, QdrantJson.Default.QueryBatch), QdrantJson.Default.Queried, cancellation)
        ?? throw Gone(collection);

    public async Task<long> CountAsync(string collection, TenantFilter which, CancellationToken cancellation) =>
        (await transport.CallAsync(HttpMethod.Post, $"collections/{collection}/points/count", Write(new CountPoints(which.Wire, Exact: true), QdrantJson.Default.CountPoints), QdrantJson.Default.Counted, cancellation)
        ?? throw Gone(collection)).Count;

    public async Task<SnapshotInfo> SnapshotAsync(string collection, CancellationToken cancellation) =>
        await transport.CallLongAsync(HttpMethod.Post, $"collections/{collection}/snapshots?wait=true", null, QdrantJson.Default.Snapshot, cancellation) ?? throw Gone(collection);

    public async Task<IReadOnlyList<SnapshotInfo>> SnapshotsAsync(string collection, CancellationToken cancellation) =>
        await transport.CallAsync(HttpMethod.Get, $"collections/{collection}/snapshots", null, QdrantJson.Default.SnapshotList, cancellation) ?? throw Gone(collection);

    public Task DownloadSnapshotAsync(string collection, string name, Stream to, CancellationToken cancellation) =>
        transport.DownloadAsync($"collections/{collection}/snapshots/{Uri.EscapeDataString(name)}", to, cancellation);

    public Task RecoverAsync(string collection, RecoverSnapshot from, CancellationToken cancellation) =>
        transport.CallLongAsync(HttpMethod.Put, $"collections/{collection}/snapshots/recover?wait=true", Write(from, QdrantJson.Default.RecoverSnapshot), QdrantJson.Default.Done, cancellation);

    private async Task UpdateAsync(HttpMethod method, string collection, string what, byte[] body, CancellationToken cancellation)
    {
        var result = await transport.CallAsync(method, $"collections/{collection}/{what}?wait=true", body, QdrantJson.Default.Updated, cancellation) ?? throw Gone(collection);
        if (result.Status != Completed)
            throw new KnowledgeIndexException($"Qdrant at {Address} has taken a change of {collection} but not carried it out in time (\"{result.Status}\"). It is overloaded or out of disk; the change is tried again.");
    }

    private KnowledgeIndexException Gone(string collection) =>
        new($"There is no collection {collection} in Qdrant at {Address}. {KnowledgeIndexException.RebuildIt}");

    private static byte[] Write<T>(T body, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(body, type);
}
