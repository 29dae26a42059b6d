using Support.Database;
using Support.Http;
using Support.Jobs;
using Support.Knowledge;

namespace Support.Ingestion;

/// <summary>DELETE /documents?name=…: removes one.</summary>
public static class RemoveDocumentEndpoint
{
    private const string Find = "select id from document where name = @name and removed_at is null";

    public static void MapRemoveDocument(this IEndpointRouteBuilder app) => app.MapDelete("/documents", RemoveAsync);

    private static async Task RemoveAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        var name = (string?)context.Request.Query["name"] ?? "";
        var services = context.RequestServices;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var transaction = await services.GetRequiredService<DeskDatabase>().BeginAsync(tenant, context.RequestAborted);
        var document = name.Contains('\0') ? null : await transaction.FirstAsync<long?>(Find, new { name }, context.RequestAborted);
        if (document is null || await RemoveDocument.InsideAsync(transaction, services.GetRequiredService<IKnowledgeFollower>(), document.Value, null, now, context.RequestAborted) is null)
        {
            await Doors.ProblemAsync(context, StatusCodes.Status404NotFound, $"There is no document \"{name}\".");
            return;
        }
        await transaction.CommitAsync(context.RequestAborted);
        foreach (var wakeUp in transaction.WakeUps)
            await services.GetRequiredService<IWorkQueue>().PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
