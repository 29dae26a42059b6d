using System.Text.Json;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>A document that could not be indexed, however often it was tried, is refused; its former version keeps answering.</summary>
public sealed class BuriedDocument(DeskDatabase database, TimeProvider clock) : IBuriedWakeUp
{
    private const string Queued = "select version from document_version where document_id = @document and state = 'queued' order by version desc limit 1";

    public string Queue => Queues.Documents;

    public async Task SettleAsync(TakenJob job, string why, CancellationToken cancellation)
    {
        var due = JsonSerializer.Deserialize(job.Body.Span, JobJson.Default.DocumentDue)!;
        await using var transaction = await database.BeginAsync(new TenantId(due.Tenant), cancellation);
        if (await transaction.FirstAsync<int?>(Queued, new { document = due.Document }, cancellation) is { } version)
            await PublishVersion.RefuseAsync(transaction, due.Document, version, "It could not be indexed, however often it was tried; the log says why.", clock.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
