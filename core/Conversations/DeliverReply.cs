using Microsoft.Extensions.Logging;
using Npgsql;
using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Support.Tickets;

namespace Support.Conversations;

/// <summary>
/// Sends the oldest message of one chat: in order, within the limits, once. It is marked as leaving before it leaves; if
/// the answer does not come or cannot be kept, it is sent again and the doubt is counted.
/// </summary>
public sealed partial class DeliverReply(
    DeskDatabase database,
    WorkerInstance instance,
    IWorkQueue queue,
    IMessenger messenger,
    BotDirectory bots,
    SendLimits limits,
    ClaimedReplies claimed,
    OutboxLane lane,
    GatherCards gather,
    TimeProvider clock,
    ILogger<DeliverReply> logger)
{
    private static readonly TimeSpan WhileLeased = TimeSpan.FromMilliseconds(150);

    public async Task<Verdict> HandleAsync(ReplyDue due, CancellationToken cancellation)
    {
        var tenant = new TenantId(due.Tenant);
        var bot = await bots.FindAsync(new BotId(due.Bot), cancellation);
        if (bot is null || bot.Tenant != tenant)
            // Only a wake-up: what waits for a bot that is not run any more is woken again when it is.
            return Verdict.Finished;
        if (await claimed.TakeAsync(bot.Id, due.Chat, cancellation) is { } here)
            return await SendAndSettleAsync(bot, due.Chat, here.Lease, here.Message);
        // Telegram's groups have negative ids.
        var isGroup = due.Chat < 0;
        var pause = limits.Reserve(bot.Id, due.Chat, isGroup);
        if (pause > TimeSpan.Zero)
        {
            if (isGroup)
                await GatherAsync(bot, due.Chat, cancellation);
            return new Verdict.Later(pause);
        }

        var lease = Lease.OnChat(bot.Id, due.Chat);
        var claim = await lane.ClaimAsync(tenant, bot.Id, due.Chat, lease, instance, cancellation);
        if (claim is not LaneClaim.Message message)
        {
            limits.GiveBack(bot.Id, due.Chat, isGroup);
            return claim switch
            {
                LaneClaim.Busy => new Verdict.Later(WhileLeased),
                LaneClaim.NotYet notYet => new Verdict.Later(notYet.For),
                _ => Verdict.Finished,
            };
        }
        return await SendAndSettleAsync(bot, due.Chat, lease, message);
    }

    private async Task<Verdict> SendAndSettleAsync(BotInfo bot, long chat, Lease lease, LaneClaim.Message message)
    {
        // Not cancelled by a stop: what is on its way arrives, and what was sent must be noted, or it would be sent again.
        var delivery = await SendAsync(bot, chat, message);
        if (delivery is Delivery.Wait wait)
            limits.Pause(bot.Id, chat, isGroup: chat < 0, wait.For);
        if (delivery is Delivery.Refused refused)
            Log.Refused(logger, message.Id, message.Purpose, refused.Code, refused.Description);
        return await SettleAsync(bot, chat, lease, message, delivery);
    }

    private async Task GatherAsync(BotInfo bot, long chat, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(bot.Tenant, cancellation);
        await gather.InsideAsync(transaction, bot, clock.GetUtcNow(), chat, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<Delivery> SendAsync(BotInfo bot, long chat, LaneClaim.Message message)
    {
        var body = message.InThread();
        var delivery = await messenger.SendAsync(bot.Id, chat, body, CancellationToken.None);
        return delivery switch
        {
            Delivery.BadEntities => await messenger.SendAsync(bot.Id, chat, AsPlain(body), CancellationToken.None),
            Delivery.TopicGone when message.Ticket is { } ticket && message.InTopic => await SendInNewTopicAsync(bot, chat, ticket, message),
            // The topic of a customer's own forum: outside of any topic is better than nowhere.
            Delivery.TopicGone when body is Outgoing.SendText text => await messenger.SendAsync(bot.Id, chat, text with { Thread = null }, CancellationToken.None),
            _ => delivery,
        };
    }

    private static Outgoing AsPlain(Outgoing body) => body switch
    {
        Outgoing.SendText text => text with { Html = PlainText.FromHtml(text.Html), Plain = true },
        Outgoing.EditText edit => edit with { Html = PlainText.FromHtml(edit.Html), Plain = true },
        _ => body,
    };

    private async Task<Delivery> SendInNewTopicAsync(BotInfo bot, long chat, long ticket, LaneClaim.Message message)
    {
        var name = await lane.TopicNameAsync(bot.Tenant, ticket, CancellationToken.None) ?? $"№ {ticket}";
        var made = await messenger.SendAsync(bot.Id, chat, new Outgoing.CreateTopic(name), CancellationToken.None);
        if (made is not Delivery.Delivered topic)
            return made;
        await lane.KeepTopicAsync(bot.Tenant, ticket, chat, topic.MessageId, CancellationToken.None);
        return await messenger.SendAsync(bot.Id, chat, (message with { Topic = topic.MessageId }).InThread(), CancellationToken.None);
    }

    /// <summary>Telegram has spoken, and only this process knows what it said: the database is asked again until shortly before somebody else may send.</summary>
    private async Task<Verdict> SettleAsync(BotInfo bot, long chat, Lease lease, LaneClaim.Message message, Delivery delivery)
    {
        var began = clock.GetTimestamp();
        for (var pause = TimeSpan.FromSeconds(0.1); ; pause = TimeSpan.FromSeconds(Math.Min(5, pause.TotalSeconds * 2)))
        {
            try
            {
                return await SettleOnceAsync(bot, chat, lease, message, delivery);
            }
            catch (Exception e) when (MayPass(e) && clock.GetElapsedTime(began) + pause < Lease.Length * 0.7)
            {
                Log.SettledLater(logger, message.Id, e.GetType().Name);
            }
            await Task.Delay(pause, clock, CancellationToken.None);
        }
    }

    /// <summary>The database is away, or somebody was in the way who will be gone the next time.</summary>
    private static bool MayPass(Exception e) =>
        DeskDatabase.IsAway(e) || e is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.ForeignKeyViolation };

    private async Task<Verdict> SettleOnceAsync(BotInfo bot, long chat, Lease lease, LaneClaim.Message message, Delivery delivery)
    {
        var settled = await lane.SettleAsync(bot, chat, lease, message, delivery, CancellationToken.None);
        if (settled.StaffChanged)
            bots.Forget(bot.Id);
        foreach (var wakeUp in settled.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, CancellationToken.None);
        return Verdict.Finished;
    }

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "How the sending of outbox row {Row} ended could not be noted ({Problem}); it is tried again.")]
        public static partial void SettledLater(ILogger logger, long row, string problem);

        [LoggerMessage(1, LogLevel.Error, "Outbox row {Row} ({Purpose}) was refused for good: {Code} {Description}")]
        public static partial void Refused(ILogger logger, long row, string purpose, int code, string description);
    }
}
