using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Jobs;
using Support.Questions;
using Support.Retrieval;
using Support.Retrieval.Outside;
using Support.Tenants;
using Support.Tickets;

namespace Support.Knowledge;

/// <summary>
/// Of documents that came by no chat (an upload with the key, a source) the company's editors are told which questions that went to people they
/// would answer now: in one message for all that came together, of each question once, and not at all when there is none.
/// </summary>
public sealed partial class TellOfDocuments(
    DeskDatabase database, WorkerInstance instance, IKnowledgeIndex index, AnswerableNow answerable, BotDirectory bots, IWorkQueue queue, TimeProvider clock, ILogger<TellOfDocuments> logger)
{
    /// <summary>Without a further document for so long, no more belong to these. The sweep wakes after the same time (overdue() in 0022).</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

    /// <summary>Where more keep coming, those of so long are told of.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private const string Untold =
        """
        with untold as (select document_id, version, untold_since from document_version where tenant_id = @tenant and untold_since <= @now)
        select d.id as document, u.version, d.name, coalesce(d.published_version = u.version and d.removed_at is null and d.audience = 0, false) as is_in_use
        from untold u join document d on d.id = u.document_id
        where (select max(untold_since) <= @rest or min(untold_since) <= @longest from untold)
        """;

    /// <summary>Does nothing where nothing waits to be told. Safe to run again.</summary>
    public async Task TellAsync(TenantId tenant, CancellationToken cancellation)
    {
        var lease = Lease.On($"untold:{tenant}");
        if (await TakeAsync(tenant, lease, cancellation) is not { } taken)
            return;
        try
        {
            await TellAsync(tenant, lease, taken, await FindAsync(tenant, taken, cancellation), cancellation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or QueueUnavailableException or KnowledgeIndexException) && !DeskDatabase.IsAway(e))
        {
            // Only nice to know: it is not tried for ever.
            Log.Failed(logger, tenant, e);
            await TellAsync(tenant, lease, taken, [], cancellation);
        }
        catch
        {
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
    }

    /// <summary>Null when there is nothing to tell yet, or another process is at it.</summary>
    private async Task<Taken?> TakeAsync(TenantId tenant, Lease lease, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Light, tenant, lease.Take(instance), cancellation);
        if (transaction is null)
            return null;
        var now = clock.GetUtcNow();
        var documents = await transaction.QueryAsync<Came>(Untold, new { tenant = tenant.Value, now, rest = now - Rest, longest = now - Longest }, cancellation);
        // The lease goes back with the transaction.
        if (documents.Count == 0)
            return null;
        var canTell = await AdminsPlace.FindAsync(transaction, bots, cancellation) is not null;
        var taken = new Taken(documents, canTell ? await HandedOver.ReadUntoldAsync(transaction, now, cancellation) : [], await DeskNow.ReadAsync(transaction, cancellation));
        await transaction.CommitAsync(cancellation);
        return taken;
    }

    private async Task<IReadOnlyList<(HandedOver Ticket, string Answer)>> FindAsync(TenantId tenant, Taken taken, CancellationToken cancellation)
    {
        var inUse = taken.Documents.Where(one => one.IsInUse).Select(one => one.Document).ToHashSet();
        if (inUse.Count == 0 || taken.HandedOver.Count == 0)
            return [];
        await index.ReachAsync(tenant, taken.Now.Change, cancellation);
        return await answerable.AmongAsync(tenant, taken.Now, inUse, taken.HandedOver, cancellation);
    }

    private const string MarkTold =
        """
        update document_version v set untold_since = null
        from unnest(@documents, @versions) as told (document, version) where v.document_id = told.document and v.version = told.version
        """;

    private async Task TellAsync(TenantId tenant, Lease lease, Taken taken, IReadOnlyList<(HandedOver Ticket, string Answer)> past, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Release(), cancellation);
        // It took so long that another process has taken over.
        if (transaction is null)
            return;
        await transaction.ExecuteAsync(MarkTold, new { documents = taken.Documents.Select(one => one.Document).ToArray(), versions = taken.Documents.Select(one => one.Version).ToArray() }, cancellation);
        if (past.Count > 0)
        {
            var only = taken.Documents.Where(one => one.IsInUse).ToList() is [var one] ? one.Name : null;
            await TellEditors.InsideAsync(transaction, bots, language => new AnswersMessage(language, only, [], past).Build(), clock.GetUtcNow(), cancellation);
            var told = past.Select(found => found.Ticket.Asked).ToHashSet(StringComparer.OrdinalIgnoreCase);
            await HandedOver.MarkToldAsync(transaction, taken.HandedOver.Where(ticket => told.Contains(ticket.Asked)), cancellation);
        }
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        if (past.Count > 0)
            Log.Told(logger, tenant, taken.Documents.Count(one => one.IsInUse), past.Count);
    }

    /// <param name="IsInUse">Customers are answered from this version.</param>
    private sealed record Came(long Document, int Version, string Name, bool IsInUse);

    private sealed record Taken(IReadOnlyList<Came> Documents, IReadOnlyList<HandedOver> HandedOver, DeskNow Now);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Tenant {Tenant}: the editors are told of {Documents} documents, which answer {Past} earlier questions.")]
        public static partial void Told(ILogger logger, TenantId tenant, int documents, int past);

        [LoggerMessage(2, LogLevel.Error, "What the new documents of tenant {Tenant} answer could not be found out; nobody is told.")]
        public static partial void Failed(ILogger logger, TenantId tenant, Exception e);
    }
}
