using Dapper;
using Support.Database;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Jobs;

/// <summary>Finds what a crash or a lost wake-up left lying: everything overdue is woken again, what dead workers held is freed, dead letters are told, indexes that nobody asks are dropped.</summary>
public sealed class Sweep(DeskDatabase database, WorkerInstance instance, IWorkQueue queue, QueueSignals signals, DeadLetters letters, KeptBodies bodies, IKnowledgeIndex index)
{
    /// <summary>Overdue by this much means that its wake-up is lost.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private static readonly string[] WakeUps = [Queues.Questions, Queues.Replies, Queues.Documents];

    // What waits for a bot that is not run waits on.
    private const string Overdue =
        """
        select kind, tenant, bot, key from overdue(@grace)
        where (bot is null or exists (select from bot b where b.id = overdue.bot and b.tenant_id = overdue.tenant and b.token <> ''::bytea))
        """;

    public async Task RunAsync(TimeSpan grace, CancellationToken cancellation)
    {
        // Before the database is asked: memory is given back while that is away, too.
        index.DropIdle();
        await FreeAsync(cancellation);
        IReadOnlyList<Due> due;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            due = (await connection.QueryAsync<Due>(new CommandDefinition(Overdue, new { grace }, cancellationToken: cancellation))).AsList();
        var behind = due.Count == 0 ? [] : await BehindAsync(grace, cancellation);
        foreach (var one in due)
        {
            var tenant = new TenantId(one.Tenant);
            var wakeUp = one.Kind switch
            {
                "question" => WakeUp.Question(tenant, new BotId(one.Bot ?? 0), one.Key, TimeSpan.Zero),
                "reply" => WakeUp.Reply(tenant, new BotId(one.Bot ?? 0), one.Key, TimeSpan.Zero),
                _ => WakeUp.Document(tenant, one.Key),
            };
            if (!behind.Contains(wakeUp.Queue))
                await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        }
        await letters.TellAsync(cancellation);
    }

    /// <summary>A queue that is behind has not lost its wake-ups: more of them would only put it further behind.</summary>
    private async Task<List<string>> BehindAsync(TimeSpan grace, CancellationToken cancellation)
    {
        var behind = new List<string>();
        foreach (var name in grace > TimeSpan.Zero ? WakeUps : [])
        {
            if (await queue.IsBehindAsync(name, grace, cancellation))
                behind.Add(name);
        }
        return behind;
    }

    // Telegram repeats an update for a day at most.
    private const string ForgetOldMarks = "delete from update_seen where at < now() - interval '3 days'";

    /// <summary>Removes marks and bodies that nothing can ask for any more. Once an hour is plenty.</summary>
    public async Task TidyAsync(CancellationToken cancellation)
    {
        await using var connection = await database.Light.OpenConnectionAsync(cancellation);
        await connection.ExecuteAsync(new CommandDefinition(ForgetOldMarks, cancellationToken: cancellation));
        await bodies.ForgetOldAsync(cancellation);
    }

    /// <summary>Frees what dead workers held; cheap enough for every second or two.</summary>
    public async Task FreeAsync(CancellationToken cancellation)
    {
        if (await instance.FreeAbandonedAsync(cancellation) == 0)
            return;
        foreach (var name in Queues.All)
            signals.Raise(name, TimeSpan.Zero);
    }

    private sealed record Due(string Kind, Guid Tenant, long? Bot, long Key);
}
