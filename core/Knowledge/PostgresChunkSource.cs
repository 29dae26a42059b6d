using Support.Database;
using Support.Retrieval;
using Support.Tenants;
using Support.Text;

namespace Support.Knowledge;

/// <summary>Gives in-process indexes what changed since a change number, straight from PostgreSQL.</summary>
public sealed class PostgresChunkSource(DeskDatabase database) : IChunkSource
{
    private const string Reached = "select knowledge_change as change, (select value::text from setting where key = @key) as synonyms from tenant";
    private const string Changed = "select id, audience, published_version from document where change > @since";

    private const string Chunks =
        "select id, document_id, version, source, link, title, text from chunk where document_id = any(@documents) order by document_id, ordinal";

    private const string Questions =
        """
        select c.id, array_to_string(q.questions, E'\n') as questions from chunk c join chunk_questions q on q.tenant_id = @tenant and q.hash = c.embedded_hash
        where c.document_id = any(@documents) and cardinality(q.questions) > 0
        """;

    public async ValueTask<KnowledgeChanges> ChangesAsync(TenantId tenant, long since, CancellationToken cancellation)
    {
        // One snapshot for all of these, else a document published in between would be missed or halved.
        await using var transaction = await database.BeginSnapshotAsync(tenant, cancellation);
        var reached = await transaction.FirstAsync<ReachedRow>(Reached, new { SynonymLines.Key }, cancellation) ?? new ReachedRow(0, null);
        var documents = await transaction.QueryAsync<ChangedRow>(Changed, new { since }, cancellation);
        var published = documents.Where(d => d.PublishedVersion is not null).ToDictionary(d => d.Id);
        var chunks = published.Count == 0 ? [] : await transaction.QueryAsync<ChunkRow>(Chunks, new { documents = published.Keys.ToArray() }, cancellation);
        var questions = published.Count == 0 ? [] : await transaction.QueryAsync<QuestionsRow>(Questions, new { tenant = tenant.Value, documents = published.Keys.ToArray() }, cancellation);
        await transaction.CommitAsync(cancellation);
        var written = questions.ToDictionary(row => row.Id, row => (IReadOnlyList<string>)row.Questions.Split('\n'));
        var byDocument = chunks.ToLookup(c => c.DocumentId);
        return new KnowledgeChanges(reached.Change, [.. documents.Select(d => new ChangedDocument(d.Id,
            [.. byDocument[d.Id].Select(c => new IndexedChunk(c.Id, c.DocumentId, c.Version, (Audience)d.Audience, c.Source, c.Link, c.Title, c.Text))])
        {
            Questions = byDocument[d.Id].Where(c => written.ContainsKey(c.Id)).ToDictionary(c => c.Id, c => written[c.Id]),
        })])
        {
            Synonyms = SynonymLines.Read(reached.Synonyms),
        };
    }

    private sealed record ReachedRow(long Change, string? Synonyms);

    private sealed record ChangedRow(long Id, short Audience, int? PublishedVersion);

    private sealed record QuestionsRow(long Id, string Questions);

    private sealed record ChunkRow(long Id, long DocumentId, int Version, string Source, string? Link, string Title, string Text);
}
