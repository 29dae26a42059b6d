using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Support.Database;
using Support.Ingestion.Readers;
using Support.Jobs;
using Support.Knowledge;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Ingestion;

/// <summary>
/// POST /documents?name=…&amp;audience=customers|staff with the file as body and a bearer key. Answers when the text can be
/// used for answers, or when it was refused, with a report.
/// </summary>
public static class UploadDocumentEndpoint
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    public static void MapUploadDocument(this IEndpointRouteBuilder app) => app.MapPost("/documents", UploadAsync);

    private static async Task<IResult> UploadAsync(HttpContext context, UploadKeys keys, DocumentReader reader, DeskDatabase database, IWorkQueue queue, VersionReports reports, IKnowledgeIndex index, TimeProvider clock)
    {
        if (keys.TenantOf(context.Request.Headers.Authorization) is not { } tenant)
            return Results.Json(new UploadError("The bearer key is missing or wrong. It stands in desk.json."), UploadJson.Default.UploadError, statusCode: 401);
        var name = ((string?)context.Request.Query["name"])?.Trim().Replace('\\', '/');
        if (string.IsNullOrEmpty(name) || name.Length > 400 || name.Any(char.IsControl))
            return Results.Json(new UploadError("Give the document's name: POST /documents?name=guide.md, at most 400 characters."), UploadJson.Default.UploadError, statusCode: 400);
        var audience = ((string?)context.Request.Query["audience"]) switch { null or "" or "customers" => Audience.Customers, "staff" => Audience.Staff, _ => (Audience?)null };
        if (audience is null)
            return Results.Json(new UploadError("The audience is customers or staff."), UploadJson.Default.UploadError, statusCode: 400);

        if (context.Request.ContentLength is { } length && reader.RefusalBySize(name, length) is { } tooLarge)
            return Report(name, new DocumentReport(DocumentReport.Refused, 0, 0, 0, [], tooLarge.Reason));
        var bytes = await ReadAsync(context.Request, reader, name, context.RequestAborted);
        if (reader.RefusalBySize(name, bytes.Length) is { } refused)
            return Report(name, new DocumentReport(DocumentReport.Refused, 0, 0, 0, [], refused.Reason));

        // A database that goes away in between is the host's to answer, with 503: the same bytes again find what was kept.
        Uploaded uploaded;
        await using (var transaction = await database.BeginAsync(tenant, context.RequestAborted))
        {
            uploaded = await UploadDocument.InsideAsync(transaction, new Upload(name, bytes, audience.Value, "http"), clock.GetUtcNow(), context.RequestAborted);
            await transaction.CommitAsync(context.RequestAborted);
            foreach (var wakeUp in transaction.WakeUps)
                await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, context.RequestAborted);
        }
        var report = await reports.WaitAsync(tenant, uploaded, LongestWait, context.RequestAborted);
        if (report is { Status: DocumentReport.Indexed })
            await index.ReachAsync(tenant, await reports.ChangeAsync(tenant, context.RequestAborted), context.RequestAborted);
        return report is null
            ? Results.Json(new UploadError($"{name} is kept and still being indexed; look again with GET /documents."), UploadJson.Default.UploadError, statusCode: 202)
            : Report(name, uploaded.IsUnchanged ? report with { Status = DocumentReport.Unchanged, Changed = 0 } : report);
    }

    /// <summary>Stops a byte after the limit: a body without a length may be endless.</summary>
    private static async Task<byte[]> ReadAsync(HttpRequest request, DocumentReader reader, string name, CancellationToken cancellation)
    {
        using var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, 32 * 1024 * 1024));
        var buffer = new byte[81920];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellation)) > 0)
        {
            body.Write(buffer, 0, read);
            if (reader.RefusalBySize(name, body.Length) is not null)
                break;
        }
        return body.ToArray();
    }

    private static IResult Report(string name, DocumentReport report) =>
        Results.Json(new UploadReport(name, report.Status, report.Records, report.Chunks, report.Changed, report.Skipped, report.Reason), UploadJson.Default.UploadReport);
}
