using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Questions;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Bench.Speed.Scale;

/// <summary>A question from the update to the delivered reply, and what its customer may do with it afterwards.</summary>
internal sealed class QuestionPath(ScaleDesk desk, Steps steps, Numbers numbers)
{
    public async Task RunAsync(Pick pick, CancellationToken cancellation)
    {
        desk.Get<BotDirectory>().Forget(new BotId(pick.Bot));
        var bot = await steps.RunAsync("read a bot", () => desk.BotAsync(pick, cancellation));
        var message = numbers.MessageOf(pick.Customer, Pick.PrivateOf(pick.Customer), "When is the money back on my card?");
        var (talk, lease) = await AskAsync(bot, pick, message, cancellation);
        await AnswerAsync(bot, pick, talk, lease, cancellation);
        await AddNoticeAsync(bot, talk, cancellation);
        await DeliverAllAsync(bot, talk.Chat, "a reply", cancellation);

        await ReceiveAsync(bot, "press helpful", Press(pick, talk, ":up"), cancellation);
        await ReceiveAsync(bot, "press source", Press(pick, talk, ":source"), cancellation);
        await ReceiveAsync(bot, "press not helpful", Press(pick, talk, ":down"), cancellation);
        await ReceiveAsync(bot, "/status", new Incoming.MessageReceived(numbers.CommandOf(pick.Customer, Pick.PrivateOf(pick.Customer), "status")), cancellation);
        await ReceiveAsync(bot, "edit a message", new Incoming.MessageEdited(message with { Text = "When is the money back?" }), cancellation);
        var (again, leasedAgain) = await LeaseAsync(bot, pick, cancellation);
        await AnswerAsync(bot, pick, again, leasedAgain, cancellation);
        await DeliverAllAsync(bot, talk.Chat, "a reply", cancellation);
    }

    private async Task AnswerAsync(BotInfo bot, Pick pick, LeasedConversation.Due talk, Lease lease, CancellationToken cancellation)
    {
        var answer = new Decided(new Decision.Answer("Within 14 days.", pick.Passages[0]), Found(pick), "en", ForStaff: false);
        var recorded = await steps.RunAsync("store an answer", () => desk.Get<RecordAnswer>().StoreAsync(bot, Now, talk, answer, lease, cancellation));
        Require(recorded.As == RecordedAs.Stored, "The answer was not stored");
        if (await desk.Get<ClaimedReplies>().TakeAsync(bot.Id, talk.Chat, cancellation) is { } claimed)
            await SettleAsync(bot, talk.Chat, claimed.Lease, claimed.Message, "settle a reply", cancellation);
    }

    /// <summary>The message arrives, and its conversation is taken up.</summary>
    public async Task<(LeasedConversation.Due Talk, Lease Lease)> AskAsync(BotInfo bot, Pick pick, IncomingMessage message, CancellationToken cancellation)
    {
        var key = new UpdateKey(bot.Id, numbers.Next());
        Require(await steps.RunAsync("receive a message", () => desk.Get<CustomerMessages>().ReceiveAsync(bot, key, message, Now, cancellation)) is not null, "The update was there before");
        Require(await steps.RunAsync("receive it again", () => desk.Get<CustomerMessages>().ReceiveAsync(bot, key, message, Now, cancellation)) is null, "The update was processed twice");
        return await LeaseAsync(bot, pick, cancellation);
    }

    private async Task<(LeasedConversation.Due Talk, Lease Lease)> LeaseAsync(BotInfo bot, Pick pick, CancellationToken cancellation)
    {
        var lease = Lease.OnConversation(pick.Conversation);
        return await steps.RunAsync("lease a conversation", () => desk.Get<DueConversations>().LeaseAsync(bot.Tenant, pick.Conversation, lease, desk.Instance, cancellation)) is LeasedConversation.Due talk
            ? (talk, lease)
            : throw new InvalidOperationException($"Conversation {pick.Conversation} is not due.");
    }

    /// <summary>An update that may do more than bring a customer's message.</summary>
    public async Task ReceiveAsync(BotInfo bot, string step, Incoming incoming, CancellationToken cancellation) =>
        Require(await steps.RunAsync(step, () => desk.Get<ReceiveUpdate>().HandleAsync(bot, numbers.Next(), incoming, cancellation)) is Verdict.Done, $"{step} did not end");

    private async Task AddNoticeAsync(BotInfo bot, LeasedConversation.Due talk, CancellationToken cancellation)
    {
        await using var transaction = await desk.Database.BeginAsync(bot.Tenant, cancellation);
        await Outbox.AddAsync(transaction, bot.Id, new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText("A moment, please.")) { Conversation = talk.Id }, Now, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Everything that waits for one chat. Returns what was sent, with its message ids.</summary>
    public async Task<IReadOnlyList<(LaneClaim.Message Sent, long MessageId)>> DeliverAllAsync(BotInfo bot, long chat, string what, CancellationToken cancellation)
    {
        var all = new List<(LaneClaim.Message, long)>();
        while (true)
        {
            var lease = Lease.OnChat(bot.Id, chat);
            if (await steps.RunAsync($"claim {what}", () => desk.Get<OutboxLane>().ClaimAsync(bot.Tenant, bot.Id, chat, lease, desk.Instance, cancellation)) is not LaneClaim.Message message)
                return all;
            all.Add((message, await SettleAsync(bot, chat, lease, message, $"settle {what}", cancellation)));
        }
    }

    private async Task<long> SettleAsync(BotInfo bot, long chat, Lease lease, LaneClaim.Message message, string step, CancellationToken cancellation)
    {
        var sent = numbers.Next();
        await steps.RunAsync(step, () => desk.Get<OutboxLane>().SettleAsync(bot, chat, lease, message, new Delivery.Delivered(sent), cancellation));
        return sent;
    }

    public static Retrieved Found(Pick pick) =>
        new(pick.Passages, 0.8, Enumerable.Range(1, 20).ToDictionary(f => $"feature_{f}", f => f * 0.137), ContentWords: 3, Chunks: 300);

    private static Incoming.ButtonPressed Press(Pick pick, LeasedConversation.Due talk, string action) =>
        new("press", pick.Customer, Pick.PrivateOf(pick.Customer), MessageId: 1, Thread: null, $"a:{talk.NextQuestion}{action}");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise + ": the figures would be those of something else.");
    }
}
