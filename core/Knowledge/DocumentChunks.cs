using Support.Database;
using Support.Retrieval;

namespace Support.Knowledge;

/// <summary>The chunks of a published document for customers, those that its newest version brought first.</summary>
internal static class DocumentChunks
{
    /// <summary>Enough to find five questions among; a handbook has thousands.</summary>
    private const int Most = 400;

    private const string Read =
        """
        select c.id, c.version, c.source, c.link, c.title, c.text
        from chunk c join document d on d.id = c.document_id
        where c.document_id = @document and d.removed_at is null and d.audience = 0
        order by c.version = d.published_version desc, c.ordinal limit @most
        """;

    private const string DocumentOf = "select document_id from chunk where id = @chunk";

    public static async Task<IReadOnlyList<IndexedChunk>> ReadAsync(TenantTransaction transaction, long document, CancellationToken cancellation) =>
        [.. (await transaction.QueryAsync<Row>(Read, new { document, most = Most }, cancellation))
            .Select(row => new IndexedChunk(row.Id, document, row.Version, Audience.Customers, row.Source, row.Link, row.Title, row.Text))];

    /// <summary>Those of the document that this one is of; none when it is gone.</summary>
    public static async Task<IReadOnlyList<IndexedChunk>> AroundAsync(TenantTransaction transaction, long chunk, CancellationToken cancellation) =>
        await transaction.FirstAsync<long?>(DocumentOf, new { chunk }, cancellation) is { } document ? await ReadAsync(transaction, document, cancellation) : [];

    private sealed record Row(long Id, int Version, string Source, string? Link, string Title, string Text);
}
