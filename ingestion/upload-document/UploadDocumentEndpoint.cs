using Support.Database;
using Support.Http;
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
    /// <summary>Less than the 230 seconds after which Azure's front end gives a request up.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(3);

    public static void MapUploadDocument(this IEndpointRouteBuilder app) => app.MapPost("/documents", UploadAsync);

    private static async Task UploadAsync(HttpContext context)
    {
        if (await Doors.TenantAsync(context) is not { } tenant)
            return;
        var name = ((string?)context.Request.Query["name"])?.Trim().Replace('\\', '/');
        if (string.IsNullOrEmpty(name) || name.Length > 400 || name.Any(char.IsControl))
        {
            await Doors.ProblemAsync(context, StatusCodes.Status400BadRequest, "Give the document's name: POST /documents?name=guide.md, at most 400 characters.");
            return;
        }
        var audience = ((string?)context.Request.Query["audience"]) switch { null or "" or "customers" => Audience.Customers, "staff" => Audience.Staff, _ => (Audience?)null };
        if (audience is null)
        {
            await Doors.ProblemAsync(context, StatusCodes.Status400BadRequest, "The audience is customers or staff.");
            return;
        }
        var reader = context.RequestServices.GetRequiredService<DocumentReader>();
        var refused = context.Request.ContentLength is { } length ? reader.RefusalBySize(name, length) : null;
        var bytes = refused is null ? await ReadAsync(context.Request, reader, name, context.RequestAborted) : [];
        refused ??= reader.RefusalBySize(name, bytes.Length);
        if (refused is not null)
            await ReportAsync(context, name, new DocumentReport(DocumentReport.Refused, 0, 0, 0, [], refused.Reason));
        else
            await KeepAsync(context, tenant, new Upload(name, bytes, audience.Value, "http"));
    }

    // A database that goes away in between is the host's to answer, with 503: the same bytes again find what was kept.
    private static async Task KeepAsync(HttpContext context, TenantId tenant, Upload upload)
    {
        var services = context.RequestServices;
        var cancellation = context.RequestAborted;
        Uploaded uploaded;
        await using (var transaction = await services.GetRequiredService<DeskDatabase>().BeginAsync(tenant, cancellation))
        {
            if (!await Doors.IsThereAsync(context, transaction))
                return;
            uploaded = await UploadDocument.InsideAsync(transaction, upload, services.GetRequiredService<TimeProvider>().GetUtcNow(), cancellation);
            await transaction.CommitAsync(cancellation);
            foreach (var wakeUp in transaction.WakeUps)
                await services.GetRequiredService<IWorkQueue>().PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        }
        var reports = services.GetRequiredService<VersionReports>();
        var report = await reports.WaitAsync(tenant, uploaded, LongestWait, cancellation);
        if (report is null)
        {
            await Doors.ProblemAsync(context, StatusCodes.Status202Accepted, $"{upload.Name} is kept and still being indexed; look again with GET /documents.");
            return;
        }
        if (report.Status == DocumentReport.Indexed && services.GetService<IndexInThisProcess>() is { } index)
            await index.ReachAsync(tenant, await reports.ChangeAsync(tenant, cancellation), cancellation);
        await ReportAsync(context, upload.Name, uploaded.IsUnchanged ? report with { Status = DocumentReport.Unchanged, Changed = 0 } : report);
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

    private static Task ReportAsync(HttpContext context, string name, DocumentReport report) => Doors.WriteAsync(
        context, StatusCodes.Status200OK, new UploadReport(name, report.Status, report.Records, report.Chunks, report.Changed, report.Skipped, report.Reason), UploadJson.Default.UploadReport);
}
