using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Retrieval.Outside;

/// <summary>
/// Keeps counts and vectors in step with what is published. New chunks are searchable before the commit that makes them count, and old ones are
/// taken away after the commit that ends them: no question finds both or neither. Whatever dies in between leaves only vectors without a row.
/// </summary>
public sealed class OutsideIndexFollower(DeskDatabase database, IChunkVectors vectors) : IKnowledgeFollower
{
    // A few megabytes a request.
    internal const int AtOnce = 200;

    // Shared by those who publish, so that a rebuilt index can be put in place between two publications.
    internal const string Gate = "pg_advisory_xact_lock_shared(7310579571)";

    private const string LockDocument =
        $"select audience, published_version, {Gate}::text as gate from document where id = @document for update";

    private const string HasPublished = "select exists (select from document where tenant_id = @tenant and published_version is not null)";

    private const string Live = "select id from chunk where document_id = @document and exists (select from document where id = @document and published_version is not null)";

    public async Task PublishingAsync(TenantTransaction transaction, DocumentChange change, CancellationToken cancellation)
    {
        var before = await transaction.FirstAsync<DocumentRow>(LockDocument, new { document = change.Document }, cancellation)
            ?? throw new InvalidOperationException($"Document {change.Document} is not there.");
        var totals = await TotalsAsync(transaction, cancellation);
        var changed = await StoredChunk.ReadAsync(transaction, [.. change.Added, .. change.Gone], cancellation);
        var lexicon = new Lexicon();
        var changes = new TermChanges(lexicon);
        var isAdded = change.Added.ToHashSet();
        var added = new List<ChunkEntry>();
        var gone = new List<ChunkEntry>();
        foreach (var chunk in changed)
            if (isAdded.Contains(chunk.Id))
                added.Add(ChunkEntry.Read(chunk.ToChunk() with { Audience = change.Audience }, lexicon));
            else
                gone.Add(ChunkEntry.Read(chunk.ToChunk(), lexicon));

        foreach (var entry in added)
            totals.Add(entry);
        var statistics = totals.Statistics();
        foreach (var some in added.Chunk(AtOnce))
        {
            var terms = Array.ConvertAll(some, entry => new ChunkTerms(entry, lexicon));
            foreach (var one in terms)
                changes.Add(one, 1);
            await vectors.PutAsync(transaction.Tenant, Array.ConvertAll(terms, one => one.Vectors(statistics, lexicon)), cancellation);
        }
        // Whoever gains readers is found by them before; whoever loses some is taken from them after.
        if (before.PublishedVersion is not null && change.Audience < (Audience)before.Audience)
            await vectors.RelabelAsync(transaction.Tenant, change.Document, change.Audience, cancellation);

        var outgrown = await CountAsync(transaction, added, gone, changes, lexicon, cancellation);
        if (outgrown || gone.Count > 0 || before.PublishedVersion is not null && change.Audience != (Audience)before.Audience)
            transaction.Wake(WakeUp.Document(transaction.Tenant, change.Document));
    }

    public async Task RemovingAsync(TenantTransaction transaction, long document, CancellationToken cancellation)
    {
        await transaction.ExecuteAsync($"select {Gate}", null, cancellation);
        // Removing must always be possible; counts that are not there or of another shape are made anew by a rebuild.
        if (await KnowledgeCounts.ReadAsync(transaction, cancellation) is { IsOfThisShape: true })
        {
            var lexicon = new Lexicon();
            var chunks = await StoredChunk.OfDocumentsAsync(transaction, [document], cancellation);
            await CountAsync(transaction, [], [.. chunks.Select(chunk => ChunkEntry.Read(chunk.ToChunk(), lexicon))], new TermChanges(lexicon), lexicon, cancellation);
        }
        transaction.Wake(WakeUp.Document(transaction.Tenant, document));
    }

    public async Task TidyAsync(TenantId tenant, long document, CancellationToken cancellation)
    {
        await TidyDocumentAsync(tenant, document, cancellation);
        await new RefreshValues(database, vectors).RunAsync(tenant, cancellation);
    }

    private async Task TidyDocumentAsync(TenantId tenant, long document, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        // As long as the document is locked nobody puts chunks that are not committed yet.
        if (await transaction.FirstAsync<DocumentRow>(LockDocument, new { document }, cancellation) is not { } now)
            return;
        var live = await transaction.QueryAsync<long>(Live, new { document }, cancellation);
        await vectors.KeepOnlyAsync(tenant, document, live, cancellation);
        if (live.Count > 0)
            await vectors.RelabelAsync(tenant, document, (Audience)now.Audience, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Adds to the totals as they are now, not as they were when the vectors were made.</summary>
    /// <returns>Whether it is time to write all vectors again.</returns>
    private static async Task<bool> CountAsync(
        TenantTransaction transaction, List<ChunkEntry> added, List<ChunkEntry> gone, TermChanges changes, Lexicon lexicon, CancellationToken cancellation)
    {
        foreach (var entry in gone)
            changes.Add(new ChunkTerms(entry, lexicon), -1);
        var stored = await KnowledgeCounts.LockAsync(transaction, cancellation);
        var locked = stored.ToTotals();
        foreach (var entry in added)
            locked.Add(entry);
        foreach (var entry in gone)
            locked.Add(entry, -1);
        await KnowledgeCounts.ChangeAsync(transaction, locked, changes, cancellation);
        return (stored with { Chunks = locked.Chunks }).HasOutgrownValues;
    }

    private static async Task<CollectionTotals> TotalsAsync(TenantTransaction transaction, CancellationToken cancellation)
    {
        if (await KnowledgeCounts.ReadAsync(transaction, cancellation) is { } stored)
            return stored.IsOfThisShape ? stored.ToTotals() : throw OtherShape(stored.Shape);
        if (await transaction.FirstAsync<bool>(HasPublished, new { tenant = transaction.Tenant.Value }, cancellation))
            throw NeverCounted();
        return new CollectionTotals();
    }

    internal static KnowledgeIndexException OtherShape(int shape) =>
        new($"The counts of this company's knowledge are of shape {shape}, this program's are of {KnowledgeCounts.Shape}. {KnowledgeIndexException.RebuildIt}");

    internal static KnowledgeIndexException NeverCounted() =>
        new($"This company's documents were published before Qdrant was set and are not in it. {KnowledgeIndexException.RebuildIt}");

    private sealed record DocumentRow(short Audience, int? PublishedVersion, string Gate);
}
