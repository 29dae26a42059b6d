using Dapper;
using Npgsql;
using Support.Database;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Retrieval.Outside;

/// <summary>
/// Makes counts and vectors of every tenant anew from what PostgreSQL has, while the desk answers and publishes: another set of vectors is filled,
/// catches up with what was published meanwhile, and takes over in one step between two publications.
/// </summary>
public sealed class RebuildKnowledge(DeskDatabase database, IChunkVectors vectors)
{
    private const long OneAtATime = 7310579572;
    private const int MostRounds = 5;

    // A publication may write thousands of chunks.
    private const int PatienceInSeconds = 600;
    private const int DocumentsAtOnce = 50;

    private const string Reached = "select knowledge_change from tenant where id = @tenant";
    private const string Changed = "select id, published_version is not null as is_published from document where tenant_id = @tenant and change > @since order by id";
    private const string Ids = "select id from chunk where document_id = @document order by id";

    /// <param name="say">Told what was done, line by line.</param>
    /// <exception cref="KnowledgeIndexException">The index is away or refuses, or somebody else rebuilds it now. What served goes on serving.</exception>
    public async Task RunAsync(Action<string> say, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(database.Unpooled);
        await connection.OpenAsync(cancellation);
        if (!await connection.ExecuteScalarAsync<bool>("select pg_try_advisory_lock(@OneAtATime)", new { OneAtATime }))
            throw new KnowledgeIndexException("The index is being rebuilt already. Wait until that has ended.");
        var reached = (await connection.QueryAsync<Guid>("select id from tenant order by created_at, id")).ToDictionary(id => new TenantId(id), _ => 0L);

        await using var anew = await vectors.BeginAnewAsync(cancellation);
        foreach (var tenant in reached.Keys.ToList())
        {
            var chunks = await CountAgainAsync(tenant, cancellation);
            await FollowAsync(tenant, anew, reached, cancellation);
            say($"{tenant}: {chunks} chunks counted and written.");
        }
        for (var round = 0; round < MostRounds && await FollowAllAsync(connection, anew, reached, cancellation) > 0; round++)
            say("Caught up with what was published meanwhile.");

        await using var between = await connection.BeginTransactionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition($"select {OutsideIndexFollower.Gate.Replace("_shared", "", StringComparison.Ordinal)}", transaction: between, commandTimeout: PatienceInSeconds, cancellationToken: cancellation));
        await FollowAllAsync(connection, anew, reached, cancellation);
        await anew.ServeAsync(cancellation);
        await between.CommitAsync(cancellation);
    }

    /// <summary>Publications of this tenant wait until it is done: a second or two for thousands of chunks.</summary>
    private async Task<int> CountAgainAsync(TenantId tenant, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await KnowledgeCounts.LockAsync(transaction, cancellation);
        await KnowledgeCounts.ClearAsync(transaction, cancellation);
        var lexicon = new Lexicon();
        var changes = new TermChanges(lexicon);
        var totals = new CollectionTotals();
        var documents = await transaction.QueryAsync<long>("select id from document where tenant_id = @tenant and published_version is not null", new { tenant = tenant.Value }, cancellation);
        await foreach (var page in PagesAsync(transaction, [.. documents], cancellation))
            foreach (var chunk in page)
            {
                var entry = ChunkEntry.Read(chunk.ToChunk(), lexicon);
                totals.Add(entry);
                changes.Add(new ChunkTerms(entry, lexicon), 1);
            }
        await KnowledgeCounts.ChangeAsync(transaction, totals, changes, cancellation);
        await KnowledgeCounts.ValuesWrittenAsync(transaction, totals.Chunks, cancellation);
        await transaction.CommitAsync(cancellation);
        return totals.Chunks;
    }

    private async Task<int> FollowAllAsync(NpgsqlConnection connection, IChunkVectorsAnew anew, Dictionary<TenantId, long> reached, CancellationToken cancellation)
    {
        var followed = 0;
        foreach (var (id, change) in (await connection.QueryAsync<(Guid Id, long Change)>("select id, knowledge_change from tenant")).ToList())
            if (reached.GetValueOrDefault(new TenantId(id)) < change)
                followed += await FollowAsync(new TenantId(id), anew, reached, cancellation);
        return followed;
    }

    /// <summary>Writes every document that changed after what was reached before.</summary>
    private async Task<int> FollowAsync(TenantId tenant, IChunkVectorsAnew anew, Dictionary<TenantId, long> reached, CancellationToken cancellation)
    {
        await using var snapshot = await database.BeginSnapshotAsync(tenant, cancellation);
        var since = reached.GetValueOrDefault(tenant);
        var until = await snapshot.FirstAsync<long>(Reached, new { tenant = tenant.Value }, cancellation);
        var documents = await snapshot.QueryAsync<ChangedDocument>(Changed, new { tenant = tenant.Value, since }, cancellation);
        if (await KnowledgeCounts.ReadAsync(snapshot, cancellation) is { IsOfThisShape: true } totals)
        {
            var statistics = totals.ToTotals().Statistics();
            await foreach (var page in PagesAsync(snapshot, [.. documents.Where(document => document.IsPublished).Select(document => document.Id)], cancellation))
                await anew.PutAsync(tenant, VectorsOf(page, statistics), cancellation);
        }
        // What an earlier round wrote may be gone by now.
        foreach (var document in since == 0 ? [] : documents)
            await anew.KeepOnlyAsync(tenant, document.Id, await snapshot.QueryAsync<long>(Ids, new { document = document.Id }, cancellation), cancellation);
        reached[tenant] = until;
        return documents.Count;
    }

    internal static ChunkVectors[] VectorsOf(StoredChunk[] page, CollectionStatistics statistics)
    {
        var lexicon = new Lexicon();
        return [.. page.Select(chunk => new ChunkTerms(ChunkEntry.Read(chunk.ToChunk(), lexicon), lexicon).Vectors(statistics, lexicon))];
    }

    private static async IAsyncEnumerable<StoredChunk[]> PagesAsync(
        TenantTransaction transaction, long[] documents, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var some in documents.Chunk(DocumentsAtOnce))
            foreach (var page in (await StoredChunk.OfDocumentsAsync(transaction, some, cancellation)).Chunk(OutsideIndexFollower.AtOnce))
                yield return page;
    }

    private sealed record ChangedDocument(long Id, bool IsPublished);
}
