using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Tenants;

namespace Support.Server.Http;

/// <summary>GET /documents lists what is published; DELETE /documents?name=… removes one.</summary>
internal static class DocumentsEndpoint
{
    private const string List =
        """
        select d.name, case d.audience when 0 then 'customers' else 'staff' end as audience, d.published_version as version,
               (select count(*)::int from chunk c where c.document_id = d.id) as chunks
        from document d where d.removed_at is null and d.published_version is not null
        order by d.name
        """;

    public static void MapDocuments(this WebApplication app)
    {
        app.MapGet("/documents", ListAsync);
        app.MapDelete("/documents", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext context, UploadKeys keys, DeskDatabase database)
    {
        if (keys.TenantOf(context.Request.Headers.Authorization) is not { } tenant)
            return Unknown();
        await using var transaction = await database.BeginAsync(tenant, context.RequestAborted);
        var documents = await transaction.QueryAsync<ListedDocument>(List, null, context.RequestAborted);
        return Results.Json([.. documents], ServerJson.Default.ListedDocumentArray);
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, UploadKeys keys, DeskDatabase database, IKnowledgeFollower follower, IWorkQueue queue, TimeProvider clock)
    {
        if (keys.TenantOf(context.Request.Headers.Authorization) is not { } tenant)
            return Unknown();
        var name = (string?)context.Request.Query["name"] ?? "";
        await using var transaction = await database.BeginAsync(tenant, context.RequestAborted);
        var document = await transaction.FirstAsync<long?>("select id from document where name = @name and removed_at is null", new { name }, context.RequestAborted);
        if (document is null || await RemoveDocument.InsideAsync(transaction, follower, document.Value, null, clock.GetUtcNow(), context.RequestAborted) is null)
            return Results.Json(new Problem($"There is no document \"{name}\"."), ServerJson.Default.Problem, statusCode: 404);
        await transaction.CommitAsync(context.RequestAborted);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, context.RequestAborted);
        return Results.NoContent();
    }

    private static IResult Unknown() => Results.Json(new Problem("The bearer key is missing or wrong. It stands in desk.json."), ServerJson.Default.Problem, statusCode: 401);
}

public sealed record ListedDocument(string Name, string Audience, int Version, int Chunks);
