using Support.Database;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Retrieval.Outside;

/// <summary>
/// Writes the vectors of all of a tenant's chunks again once it has twice as many as when that was last done. Without it, of 6,045 pages published
/// one by one, 3 questions of 100 found another tenth passage than in process: the first values rested on the averages of a handful of pages.
/// </summary>
internal sealed class RefreshValues(DeskDatabase database, IChunkVectors vectors)
{
    private const int DocumentsAtOnce = 50;

    private const string TakeTurn = "select pg_try_advisory_xact_lock(731057957, hashtext(@tenant::text))";
    private const string Published = "select id from document where tenant_id = @tenant and published_version is not null order by id";

    // Nobody publishes, removes or relabels these while they are written from what they are now.
    private const string Lock = "select id from document where id = any(@documents) order by id for update";

    public async Task RunAsync(TenantId tenant, CancellationToken cancellation)
    {
        await using var turn = await database.BeginAsync(tenant, cancellation);
        if (await KnowledgeCounts.ReadAsync(turn, cancellation) is not { IsOfThisShape: true, HasOutgrownValues: true } totals
            || !await turn.FirstAsync<bool>(TakeTurn, new { tenant = tenant.Value }, cancellation))
            return;
        var statistics = totals.ToTotals().Statistics();
        foreach (var documents in (await turn.QueryAsync<long>(Published, new { tenant = tenant.Value }, cancellation)).Chunk(DocumentsAtOnce))
            await WriteAsync(tenant, documents, statistics, cancellation);
        await KnowledgeCounts.ValuesWrittenAsync(turn, totals.Chunks, cancellation);
        await turn.CommitAsync(cancellation);
    }

    private async Task WriteAsync(TenantId tenant, long[] documents, CollectionStatistics statistics, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync($"select {OutsideIndexFollower.Gate}", null, cancellation);
        await transaction.ExecuteAsync(Lock, new { documents }, cancellation);
        foreach (var page in (await StoredChunk.OfDocumentsAsync(transaction, documents, cancellation)).Chunk(OutsideIndexFollower.AtOnce))
            await vectors.PutAsync(tenant, RebuildKnowledge.VectorsOf(page, statistics), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
