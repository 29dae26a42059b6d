using Support.Database;

namespace Support.Knowledge;

/// <summary>The switch from one version of a document to the next, inside one transaction: before it every question sees the old one, after it the new one.</summary>
public static class PublishVersion
{
    private const string Existing = "select id, ordinal, hash from chunk where document_id = @document order by ordinal";
    private const string Delete = "delete from chunk where id = any(@gone)";

    private const string Renumber =
        """
        update chunk set ordinal = moved.ordinal
        from unnest(@ids, @ordinals) as moved (id, ordinal) where chunk.id = moved.id
        """;

    private const string Insert =
        """
        insert into chunk (tenant_id, document_id, version, ordinal, record, source, link, title, text, hash)
        select @tenant, @document, @version, * from unnest(@ordinals, @records, @sources, @links, @titles, @texts, @hashes)
        returning id
        """;

    // The tenant's counter is locked last and briefly: its new value is what indexes wait for. What came by no chat is told of later (TellOfDocuments): new text, what customers may read
    // only now, and what a version that is replaced before anybody was told has left to tell.
    private const string Publish =
        """
        with counted as (update tenant set knowledge_change = knowledge_change + 1 where id = @tenant returning knowledge_change),
        before as (update document_version set state = 'superseded' where document_id = @document and version <> @version and state in ('published', 'queued')),
        now_published as (update document_version set state = 'published', report = @report::jsonb, indexed_at = @now,
            untold_since = case when notify_chat_id is null and @audience = 0 and (@changed > 0
                or exists (select from document d where d.id = @document and d.audience <> 0)
                or exists (select from document_version v where v.document_id = @document and v.untold_since is not null)) then @now end
            where document_id = @document and version = @version)
        update document set published_version = @version, audience = @audience, removed_at = null, change = (select knowledge_change from counted) where id = @document
        """;

    public static async Task<DocumentReport> InsideAsync(TenantTransaction transaction, IKnowledgeFollower follower, long document, int version, Audience audience, Reading.Complete reading, IReadOnlyList<ChunkDraft> drafts, DateTimeOffset now, CancellationToken cancellation)
    {
        var existing = await transaction.QueryAsync<ExistingChunk>(Existing, new { document }, cancellation);
        var (moved, fresh, gone) = Compare(existing, drafts);
        var tenant = transaction.Tenant.Value;
        if (moved.Count > 0)
            await transaction.ExecuteAsync(Renumber, new { ids = moved.Select(k => k.Id).ToArray(), ordinals = moved.Select(k => k.Ordinal).ToArray() }, cancellation);
        var added = new List<long>(fresh.Count);
        foreach (var some in fresh.Chunk(1000))
            added.AddRange(await transaction.QueryAsync<long>(Insert, new
            {
                tenant,
                document,
                version,
                ordinals = some.Select(c => c.Ordinal).ToArray(),
                records = some.Select(c => c.Record).ToArray(),
                sources = some.Select(c => c.Source).ToArray(),
                links = some.Select(c => c.Link).ToArray(),
                titles = some.Select(c => c.Title).ToArray(),
                texts = some.Select(c => c.Text).ToArray(),
                hashes = some.Select(c => c.Hash).ToArray(),
            }, cancellation));
        await follower.PublishingAsync(transaction, new DocumentChange(document, audience, added, gone), cancellation);
        if (gone.Count > 0)
            await transaction.ExecuteAsync(Delete, new { gone = gone.ToArray() }, cancellation);
        var report = new DocumentReport(DocumentReport.Indexed, reading.Documents.Count, drafts.Count, fresh.Count, [.. reading.Skipped.Take(200)], null);
        await transaction.ExecuteAsync(Publish, new { tenant, document, version, audience = (short)audience, changed = fresh.Count, report = report.ToJson(), now }, cancellation);
        return report;
    }

    /// <summary>A version that cannot be read leaves the published one in place.</summary>
    public static async Task<DocumentReport> RefuseAsync(TenantTransaction transaction, long document, int version, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        var report = new DocumentReport(DocumentReport.Refused, 0, 0, 0, [], reason);
        // The bytes of what cannot be read are of no use to anybody.
        await transaction.ExecuteAsync("update document_version set state = 'refused', report = @report::jsonb, indexed_at = @now, bytes = '' where document_id = @document and version = @version",
            new { report = report.ToJson(), now, document, version }, cancellation);
        return report;
    }

    private static (List<(long Id, int Ordinal)> Moved, List<ChunkDraft> Fresh, List<long> Gone) Compare(IReadOnlyList<ExistingChunk> existing, IReadOnlyList<ChunkDraft> drafts)
    {
        var byHash = new Dictionary<string, ExistingChunk>();
        var gone = new List<long>();
        foreach (var chunk in existing)
            if (!byHash.TryAdd(Convert.ToHexString(chunk.Hash), chunk))
                gone.Add(chunk.Id);
        var moved = new List<(long, int)>();
        var fresh = new List<ChunkDraft>();
        foreach (var draft in drafts)
            if (byHash.Remove(Convert.ToHexString(draft.Hash), out var same))
                AddIfMoved(moved, same, draft.Ordinal);
            else
                fresh.Add(draft);
        gone.AddRange(byHash.Values.Select(c => c.Id));
        return (moved, fresh, gone);
    }

    private static void AddIfMoved(List<(long, int)> moved, ExistingChunk chunk, int ordinal)
    {
        if (chunk.Ordinal != ordinal)
            moved.Add((chunk.Id, ordinal));
    }

    private sealed record ExistingChunk(long Id, int Ordinal, byte[] Hash);
}
