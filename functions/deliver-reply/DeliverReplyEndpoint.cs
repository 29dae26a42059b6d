using System.Text.Json;
using Support.Conversations;
using Support.Jobs;

namespace Support.Functions;

public sealed class DeliverReplyEndpoint(DeliverReply handler)
{
    public async Task<Verdict> RunAsync(TakenJob job, CancellationToken cancellation) =>
        await handler.HandleAsync(JsonSerializer.Deserialize(job.Body.Span, JobJson.Default.ReplyDue)!, cancellation);
}
