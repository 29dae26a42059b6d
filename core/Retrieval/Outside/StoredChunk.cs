using Support.Database;
using Support.Knowledge;

namespace Support.Retrieval.Outside;

/// <summary>A chunk as PostgreSQL has it.</summary>
internal sealed record StoredChunk(long Id, long DocumentId, int Version, short Audience, string Source, string? Link, string Title, string Text)
{
    private const string Columns = "c.id, c.document_id, c.version, d.audience, c.source, c.link, c.title, c.text";

    /// <summary>Published ones only; ids that are no chunk of this tenant are passed over.</summary>
    public const string Published =
        $"select {Columns} from chunk c join document d on d.id = c.document_id where c.id = any(@ids) and d.published_version is not null order by c.id";

    private const string OfDocuments = $"select {Columns} from chunk c join document d on d.id = c.document_id where d.id = any(@documents) order by c.id";

    private const string Any = $"select {Columns} from chunk c join document d on d.id = c.document_id where c.id = any(@ids) order by c.id";

    public IndexedChunk ToChunk() => new(Id, DocumentId, Version, (Audience)Audience, Source, Link, Title, Text);

    public static Task<IReadOnlyList<StoredChunk>> ReadAsync(TenantTransaction transaction, long[] ids, CancellationToken cancellation) =>
        transaction.QueryAsync<StoredChunk>(Any, new { ids }, cancellation);

    public static Task<IReadOnlyList<StoredChunk>> OfDocumentsAsync(TenantTransaction transaction, long[] documents, CancellationToken cancellation) =>
        transaction.QueryAsync<StoredChunk>(OfDocuments, new { documents }, cancellation);
}
