using Support.Database;
using Support.Http;

namespace Support.Ingestion;

/// <summary>GET /documents: what is published.</summary>
public static class ListDocumentsEndpoint
{
    private const string List =
        """
        select d.name, case d.audience when 0 then 'customers' else 'staff' end as audience, d.published_version as version,
               (select count(*)::int from chunk c where c.document_id = d.id) as chunks
        from document d where d.removed_at is null and d.published_version is not null
        order by d.name
        """;

    public static void MapListDocuments(this IEndpointRouteBuilder app) => app.MapGet("/documents", ListAsync);

    private static async Task ListAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        await using var transaction = await context.RequestServices.GetRequiredService<DeskDatabase>().BeginAsync(tenant, context.RequestAborted);
        var documents = await transaction.QueryAsync<PublishedDocument>(List, null, context.RequestAborted);
        await Doors.WriteAsync(context, StatusCodes.Status200OK, [.. documents], UploadJson.Default.PublishedDocumentArray);
    }
}

public sealed record PublishedDocument(string Name, string Audience, int Version, int Chunks);
