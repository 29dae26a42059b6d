using Support.Qdrant.Wire;
using Support.Retrieval.Outside;

namespace Support.Qdrant;

/// <summary>
/// Backups of the collection that serves. PostgreSQL is the truth and a rebuild makes the collection anew from it; a snapshot only saves the time.
/// </summary>
public sealed class QdrantSnapshots
{
    private readonly QdrantApi _api;
    private readonly QdrantCollections _collections;

    internal QdrantSnapshots(QdrantApi api, QdrantCollections collections)
    {
        _api = api;
        _collections = collections;
    }

    /// <returns>The new snapshot's name.</returns>
    public async Task<Snapshot> CreateAsync(CancellationToken cancellation) => Of(await _api.SnapshotAsync(await ServingAsync(cancellation), cancellation));

    public async Task<IReadOnlyList<Snapshot>> ListAsync(CancellationToken cancellation) =>
        [.. (await _api.SnapshotsAsync(await ServingAsync(cancellation), cancellation)).Select(Of)];

    public async Task DownloadAsync(string name, Stream to, CancellationToken cancellation) =>
        await _api.DownloadSnapshotAsync(await ServingAsync(cancellation), name, to, cancellation);

    /// <summary>Fills a new collection from a snapshot and lets it serve. What was published after the snapshot is missing until a rebuild.</summary>
    /// <param name="location">An address that Qdrant itself can read: file:///qdrant/snapshots/… on its own disk, or http(s).</param>
    public async Task RecoverAsync(Uri location, CancellationToken cancellation)
    {
        var name = await _collections.CreateNextAsync(cancellation);
        await _api.RecoverAsync(name, new RecoverSnapshot(location.AbsoluteUri, "snapshot"), cancellation);
        await _collections.ServeAsync(name, cancellation);
    }

    private async Task<string> ServingAsync(CancellationToken cancellation) =>
        await _collections.ServingAsync(cancellation)
        ?? throw new KnowledgeIndexException($"In Qdrant at {_api.Address} nothing serves as {_collections.Alias} yet. {KnowledgeIndexException.RebuildIt}");

    private static Snapshot Of(SnapshotInfo info) => new(info.Name, info.CreationTime, info.Size);
}

/// <param name="MadeAt">As Qdrant writes it, in UTC; null where it does not say.</param>
/// <param name="Size">In bytes.</param>
public sealed record Snapshot(string Name, string? MadeAt, long Size);
