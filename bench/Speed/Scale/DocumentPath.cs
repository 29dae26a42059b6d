using System.Text;
using Support.Conversations;
using Support.Jobs;
using Support.Knowledge;
using Support.Retrieval;

namespace Support.Bench.Speed.Scale;

/// <summary>An editor looks at the documents and hands one in; it is indexed, and an index in memory follows.</summary>
internal sealed class DocumentPath(ScaleDesk desk, Steps steps, Numbers numbers, QuestionPath questions)
{
    public async Task RunAsync(Pick pick, CancellationToken cancellation)
    {
        var bot = await desk.BotAsync(pick, cancellation);
        var chat = Pick.PrivateOf(pick.Editor);
        await questions.ReceiveAsync(bot, "/docs", new Incoming.MessageReceived(numbers.CommandOf(pick.Editor, chat, "docs")), cancellation);
        await questions.ReceiveAsync(bot, "turn a page of documents", new Incoming.ButtonPressed("press", pick.Editor, chat, MessageId: 1, Thread: null, "d:1:page"), cancellation);
        var text = Encoding.UTF8.GetBytes($"# News\n\n## News {numbers.Next()}\n\nThe shop opens at nine.\n\n## Parking\n\nThere is room for ten cars.");
        var uploaded = await steps.RunAsync("upload a document", async () =>
        {
            await using var transaction = await desk.Database.BeginAsync(bot.Tenant, cancellation);
            var kept = await UploadDocument.InsideAsync(transaction, new Upload("news.md", text, Audience.Customers, "http"), TimeProvider.System.GetUtcNow(), cancellation);
            await transaction.CommitAsync(cancellation);
            return kept;
        });
        var verdict = await steps.RunAsync("index a document", () => desk.Get<IndexDocument>().HandleAsync(new DocumentDue(bot.Tenant.Value, uploaded.Document), cancellation));
        QuestionPath.Require(verdict is Verdict.Done, "The document was not indexed");
        var reached = await ChangeAsync(bot.Tenant, cancellation);
        await steps.RunAsync("follow a change of the documents", async () => await desk.Get<IChunkSource>().ChangesAsync(bot.Tenant, reached - 1, cancellation));
        await questions.DeliverAllAsync(bot, chat.Id, "a notice", cancellation);
    }

    private async Task<long> ChangeAsync(Tenants.TenantId tenant, CancellationToken cancellation)
    {
        await using var transaction = await desk.Database.BeginAsync(tenant, cancellation);
        return await transaction.FirstAsync<long>("select knowledge_change from tenant", null, cancellation);
    }
}
