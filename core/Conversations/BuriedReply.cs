using System.Text.Json;
using Support.Database;
using Support.Jobs;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>The message in front of a chat cannot be sent, for a reason that is not Telegram's: it fails, and those behind it go on. Without its bot they all fail.</summary>
public sealed class BuriedReply(DeskDatabase database, IWorkQueue queue, BotDirectory bots) : IBuriedWakeUp
{
    private const string Fail =
        """
        update outbox set state = 3, error = @why where bot_id = @bot and chat_id = @chat and state in (0, 1) and (@all or id = (
            select id from outbox where bot_id = @bot and chat_id = @chat and state in (0, 1) order by id limit 1))
        """;

    public string Queue => Queues.Replies;

    public async Task SettleAsync(TakenJob job, string why, CancellationToken cancellation)
    {
        var due = JsonSerializer.Deserialize(job.Body.Span, JobJson.Default.ReplyDue)!;
        var (tenant, id) = (new TenantId(due.Tenant), new BotId(due.Bot));
        var isGone = await bots.FindAsync(id, cancellation) is not { } bot || bot.Tenant != tenant;
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync(Fail, new { bot = due.Bot, chat = due.Chat, why, all = isGone }, cancellation);
        await transaction.CommitAsync(cancellation);
        var next = WakeUp.Reply(tenant, id, due.Chat, TimeSpan.FromSeconds(1));
        if (!isGone)
            await queue.PutAsync(next.Queue, next.Bytes, next.Delay, cancellation);
    }
}
