using Support.Database;
using Support.Retrieval;

namespace Support.Knowledge;

/// <summary>Some chunks of the documents for customers that changed last, of each document about as many.</summary>
internal static class NewestChunks
{
    private const int Documents = 40;
    private const int Chunks = 300;

    private const string Newest =
        """
        with newest as (
            select id, change from document
            where tenant_id = @tenant and audience = 0 and removed_at is null and published_version is not null order by change desc limit @documents)
        select c.id, c.document_id, c.version, c.source, c.link, c.title, c.text
        from newest d cross join lateral (
            select * from chunk c where c.document_id = d.id order by c.ordinal limit greatest(1, @chunks / (select count(*) from newest))) c
        order by d.change desc, c.ordinal
        """;

    public static async Task<IReadOnlyList<IndexedChunk>> ReadAsync(TenantTransaction transaction, CancellationToken cancellation) =>
        [.. (await transaction.QueryAsync<Row>(Newest, new { tenant = transaction.Tenant.Value, documents = Documents, chunks = Chunks }, cancellation))
            .Select(c => new IndexedChunk(c.Id, c.DocumentId, c.Version, Audience.Customers, c.Source, c.Link, c.Title, c.Text))];

    private sealed record Row(long Id, long DocumentId, int Version, string Source, string? Link, string Title, string Text);
}
