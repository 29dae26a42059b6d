using System.Text.Json;
using Microsoft.Extensions.Logging;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Retrieval.Outside;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>Reads a file of any kind we know.</summary>
public delegate ValueTask<Reading> ReadFile(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellation);

/// <summary>
/// A version waits to be indexed: it is read, cut into chunks, and published in one step, so that no question ever sees
/// half of it. Chunks that did not change keep their ids and are not indexed again.
/// </summary>
public sealed partial class IndexDocument(DeskDatabase database, WorkerInstance instance, IWorkQueue queue, ReadFile read, IKnowledgeFollower follower, TellWhatItAnswers tell, TellOfDocuments tellAll, TimeProvider clock, ILogger<IndexDocument> logger)
{
    private const string Queued =
        """
        select d.id as document, d.name, v.version, v.bytes, v.audience, v.notify_bot_id, v.notify_chat_id
        from document_version v join document d on d.id = v.document_id
        where v.document_id = @document and v.state = 'queued'
        order by v.version desc limit 1
        """;

    /// <summary>An index that is away for an hour must not cost a document its tries.</summary>
    private static readonly TimeSpan WhileIndexIsAway = TimeSpan.FromSeconds(15);

    public async Task<Verdict> HandleAsync(DocumentDue due, CancellationToken cancellation)
    {
        var lease = Lease.On($"document:{due.Document}");
        try
        {
            return await HandleAsync(due, lease, cancellation);
        }
        catch (KnowledgeIndexException e)
        {
            Log.Waits(logger, due.Document, e.Message);
            await lease.TryReleaseAsync(database.Light);
            return new Verdict.Later(WhileIndexIsAway);
        }
    }

    private async Task<Verdict> HandleAsync(DocumentDue due, Lease lease, CancellationToken cancellation)
    {
        var tenant = new TenantId(due.Tenant);
        QueuedVersion? version;
        await using (var transaction = await TenantTransaction.BeginAfterAsync(database.Light, tenant, lease.Take(instance), cancellation))
        {
            if (transaction is null)
                return new Verdict.Later(TimeSpan.FromSeconds(0.5));
            version = await transaction.FirstAsync<QueuedVersion>(Queued, new { document = due.Document }, cancellation);
            if (version is null)
                await transaction.ExecuteAsDeskAsync("delete from lease where name = @Name and token = @Token", lease, cancellation);
            await transaction.CommitAsync(cancellation);
        }
        if (version is null)
        {
            // Woken for what a publication or a removal left behind.
            await follower.TidyAsync(tenant, due.Document, cancellation);
            await tell.TellAsync(tenant, due.Document, cancellation);
            await tellAll.TellAsync(tenant, cancellation);
            return Verdict.Finished;
        }

        var reading = await read(version.Name, version.Bytes, cancellation);
        var chunks = reading is Reading.Complete complete ? Chunker.Cut(complete.Documents, new ChunkOptions()) : [];

        await using var publishing = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Release(), cancellation);
        if (publishing is null)
            return new Verdict.Again(TimeSpan.FromSeconds(1), "The lease on the document was lost.");
        var now = clock.GetUtcNow();
        var report = reading switch
        {
            Reading.Complete ok when chunks.Count > 0 => await PublishVersion.InsideAsync(publishing, follower, due.Document, version.Version, (Audience)version.Audience, ok, chunks, now, cancellation),
            Reading.Complete empty => await PublishVersion.RefuseAsync(publishing, due.Document, version.Version, NothingIn(version.Name, empty), now, cancellation),
            Reading.Refused refused => await PublishVersion.RefuseAsync(publishing, due.Document, version.Version, refused.Reason, now, cancellation),
            _ => throw new InvalidOperationException("A reading is complete or refused."),
        };
        await TellEditorAsync(publishing, version, report, now, cancellation);
        await publishing.CommitAsync(cancellation);
        foreach (var wakeUp in publishing.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        Log.Indexed(logger, due.Document, version.Version, report.Status, report.Chunks, report.Changed);
        return Verdict.Finished;
    }

    private static string NothingIn(string name, Reading.Complete empty) =>
        empty.Skipped.Count > 0 ? $"{name} holds nothing that can be used: {empty.Skipped[0]}" : $"{name} holds no text.";

    private static async Task TellEditorAsync(TenantTransaction transaction, QueuedVersion version, DocumentReport report, DateTimeOffset now, CancellationToken cancellation)
    {
        if (version.NotifyBotId is not { } bot || version.NotifyChatId is not { } chat)
            return;
        var language = await transaction.FirstAsync<string>("select language from conversation where chat_id = @chat order by id limit 1", new { chat }, cancellation) ?? "en";
        var html = report.Status == DocumentReport.Indexed
            ? Phrases.Html(language, "document.indexed", version.Name, report.Chunks, report.Changed)
            : Phrases.Html(language, "document.refused", version.Name, report.Reason);
        if (report.Skipped.Count > 0)
            html += "\n" + Phrases.Html(language, "document.skipped", string.Join("; ", report.Skipped.Take(10)));
        foreach (var part in MessageSplitter.Split(html))
            await Outbox.AddAsync(transaction, new BotId(bot), new OutboxMessage(chat, Purposes.Notice, new Outgoing.SendText(part)), now, cancellation);
        // What it answers is found out once the documents behind it are published as well.
        if (report.Status == DocumentReport.Indexed)
            transaction.Wake(WakeUp.Document(transaction.Tenant, version.Document));
    }

    private sealed record QueuedVersion(long Document, string Name, int Version, byte[] Bytes, short Audience, long? NotifyBotId, long? NotifyChatId);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Document {Document} version {Version}: {Status}, {Chunks} chunks, {Changed} of them new.")]
        public static partial void Indexed(ILogger logger, long document, int version, string status, int chunks, int changed);

        [LoggerMessage(2, LogLevel.Warning, "Document {Document} waits for the index: {Problem}")]
        public static partial void Waits(ILogger logger, long document, string problem);
    }
}

/// <summary>What became of a version, for the one who handed it in.</summary>
/// <param name="Records">Pages, or records of a file of records.</param>
/// <param name="Changed">Chunks that are new or differ from before.</param>
public sealed record DocumentReport(string Status, int Records, int Chunks, int Changed, IReadOnlyList<string> Skipped, string? Reason)
{
    public const string Indexed = "indexed";
    public const string Unchanged = "unchanged";
    public const string Refused = "refused";

    public string ToJson() => JsonSerializer.Serialize(this, KnowledgeJson.Default.DocumentReport);

    public static DocumentReport FromJson(string json) => JsonSerializer.Deserialize(json, KnowledgeJson.Default.DocumentReport)!;
}
