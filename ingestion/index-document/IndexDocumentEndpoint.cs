using System.Text.Json;
using Support.Jobs;
using Support.Knowledge;

namespace Support.Ingestion;

public sealed class IndexDocumentEndpoint(IndexDocument handler)
{
    public async Task<Verdict> RunAsync(TakenJob job, CancellationToken cancellation) =>
        await handler.HandleAsync(JsonSerializer.Deserialize(job.Body.Span, JobJson.Default.DocumentDue)!, cancellation);
}
