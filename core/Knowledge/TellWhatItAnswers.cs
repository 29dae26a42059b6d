using Microsoft.Extensions.Logging;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>
/// After a document from a chat is published, its editor sees questions that it answers now, as buttons, and which of the questions that went to
/// people it would have answered. A job of its own behind the documents that wait, so that none is published later for it.
/// </summary>
public sealed partial class TellWhatItAnswers(DeskDatabase database, IKnowledgeIndex index, AnswerableNow answerable, IWorkQueue queue, TimeProvider clock, ILogger<TellWhatItAnswers> logger)
{
    /// <summary>An editor who sent a document long ago does not wait for this any more.</summary>
    private static readonly TimeSpan News = TimeSpan.FromHours(1);

    // The chat stays noted with the version until this was told in it.
    private const string Untold =
        """
        select v.version, v.notify_bot_id as bot, v.notify_chat_id as chat, d.name,
               (select language from conversation c where c.tenant_id = v.tenant_id and c.bot_id = v.notify_bot_id and c.chat_id = v.notify_chat_id order by c.id limit 1) as language
        from document d join document_version v on v.document_id = d.id and v.version = d.published_version
        where d.id = @document and d.removed_at is null and d.audience = 0
          and v.state = 'published' and v.notify_bot_id is not null and v.notify_chat_id is not null
          and v.indexed_at > @since and (v.report ->> 'changed')::int > 0
        """;

    private const string Tell = "update document_version set notify_bot_id = null, notify_chat_id = null where document_id = @document and version = @version and state = 'published' and notify_chat_id is not null";

    /// <summary>Does nothing where nobody waits for it. Safe to run again.</summary>
    public async Task TellAsync(TenantId tenant, long document, CancellationToken cancellation)
    {
        try
        {
            await FindAndTellAsync(tenant, document, cancellation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or QueueUnavailableException or Retrieval.Outside.KnowledgeIndexException) && !DeskDatabase.IsAway(e))
        {
            // The document is published and its editor knows; no dead letter for what is only nice to know.
            Log.Failed(logger, document, e);
        }
    }

    private async Task FindAndTellAsync(TenantId tenant, long document, CancellationToken cancellation)
    {
        Published? published;
        DeskNow now;
        IReadOnlyList<IndexedChunk> chunks;
        IReadOnlyList<HandedOver> handedOver;
        await using (var transaction = await database.BeginAsync(tenant, cancellation))
        {
            published = await transaction.FirstAsync<Published>(Untold, new { document, since = clock.GetUtcNow() - News }, cancellation);
            if (published is null)
                return;
            now = await DeskNow.ReadAsync(transaction, cancellation);
            chunks = await DocumentChunks.ReadAsync(transaction, document, cancellation);
            handedOver = await HandedOver.ReadAsync(transaction, clock.GetUtcNow(), cancellation);
        }
        await index.ReachAsync(tenant, now.Change, cancellation);
        var (questions, past) = await answerable.OfAsync(tenant, now, document, published.Version, chunks, handedOver, cancellation);
        await SayAsync(tenant, document, published, new AnswersMessage(published.Language ?? "en", published.Name, questions, past), cancellation);
        Log.Told(logger, document, published.Version, questions.Count, past.Count);
    }

    private async Task SayAsync(TenantId tenant, long document, Published published, AnswersMessage message, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        // Somebody else has told it, or the document was replaced meanwhile.
        if (await transaction.ExecuteAsync(Tell, new { document, published.Version }, cancellation) == 0)
            return;
        foreach (var part in message.Build())
            await Outbox.AddAsync(transaction, new BotId(published.Bot), new OutboxMessage(published.Chat, Purposes.Notice, part), clock.GetUtcNow(), cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
    }

    private sealed record Published(int Version, long Bot, long Chat, string Name, string? Language);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Document {Document} version {Version}: {Questions} questions shown, {Past} earlier ones can be answered.")]
        public static partial void Told(ILogger logger, long document, int version, int questions, int past);

        [LoggerMessage(2, LogLevel.Error, "What document {Document} answers could not be found out; nobody is told.")]
        public static partial void Failed(ILogger logger, long document, Exception e);
    }
}
