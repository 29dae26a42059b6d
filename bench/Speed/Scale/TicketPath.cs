using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Questions;
using Support.Tenants;

namespace Support.Bench.Speed.Scale;

/// <summary>A question that goes to people: the card, what a colleague does with it, and what the customer writes meanwhile.</summary>
internal sealed class TicketPath(ScaleDesk desk, Steps steps, Numbers numbers, QuestionPath questions)
{
    public async Task RunAsync(Pick pick, CancellationToken cancellation)
    {
        var bot = await desk.BotAsync(pick, cancellation);
        var group = pick.AdminsChat;
        await EscalateAsync(bot, pick, cancellation);
        await questions.DeliverAllAsync(bot, pick.Person, "a notice", cancellation);
        var (card, message) = (await questions.DeliverAllAsync(bot, group.Id, "a card", cancellation)).Last(sent => sent.Sent.Purpose == Purposes.Card);

        await questions.ReceiveAsync(bot, "/tickets", new Incoming.MessageReceived(numbers.CommandOf(pick.Admin, group, "tickets")), cancellation);
        await questions.ReceiveAsync(bot, "press take", Press(pick, card, message, "take"), cancellation);
        var reply = numbers.MessageOf(pick.Admin, group, "It is on its way.") with { ReplyTo = new RepliedTo(message, pick.Bot, FromIsBot: true) };
        await questions.ReceiveAsync(bot, "answer as a colleague", new Incoming.MessageReceived(reply), cancellation);
        await questions.DeliverAllAsync(bot, pick.Person, "a notice", cancellation);
        await PassOnAsync(bot, pick, cancellation);
        await questions.ReceiveAsync(bot, "press show", Press(pick, card, message, "show"), cancellation);
        await questions.ReceiveAsync(bot, "press close", Press(pick, card, message, "close"), cancellation);
        await questions.DeliverAllAsync(bot, pick.Person, "a notice", cancellation);
        await questions.DeliverAllAsync(bot, group.Id, "a card", cancellation);
        await questions.ReceiveAsync(bot, "/forget", new Incoming.MessageReceived(numbers.CommandOf(pick.Customer, Pick.PrivateOf(pick.Customer), "forget")), cancellation);
        await questions.DeliverAllAsync(bot, pick.Person, "a notice", cancellation);
        await questions.DeliverAllAsync(bot, group.Id, "a card", cancellation);
    }

    private async Task EscalateAsync(BotInfo bot, Pick pick, CancellationToken cancellation)
    {
        var (talk, lease) = await questions.AskAsync(bot, pick, numbers.MessageOf(pick.Customer, Pick.PrivateOf(pick.Customer), "Do you sell pink elephants?"), cancellation);
        var escalate = new Decision.Escalate(Reasons.LowConfidence, "We sell lamps.");
        var decided = new Decided(escalate, QuestionPath.Found(pick), "en", ForStaff: false);
        QuestionPath.Require(await steps.RunAsync("store an escalation", () => InsideAsync(bot, lease, transaction =>
            desk.Get<RecordAnswer>().StoreAsync(transaction, bot, Now, talk, decided, escalate, cancellation), cancellation)), "No ticket was opened");
    }

    private async Task PassOnAsync(BotInfo bot, Pick pick, CancellationToken cancellation)
    {
        var (talk, lease) = await questions.AskAsync(bot, pick, numbers.MessageOf(pick.Customer, Pick.PrivateOf(pick.Customer), "Are you there?"), cancellation);
        QuestionPath.Require(await steps.RunAsync("pass a message on", () => InsideAsync(bot, lease, transaction =>
            desk.Get<RecordAnswer>().PassOnAsync(transaction, bot, Now, talk, cancellation), cancellation)), "The ticket is not open");
    }

    private async Task<bool> InsideAsync(BotInfo bot, Lease lease, Func<TenantTransaction, Task<bool>> work, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(desk.Database.Source, bot.Tenant, lease.Release(), cancellation)
            ?? throw new InvalidOperationException("The lease was lost.");
        var done = await work(transaction);
        await transaction.CommitAsync(cancellation);
        return done;
    }

    private static Incoming.ButtonPressed Press(Pick pick, LaneClaim.Message card, long message, string action) =>
        new("press", pick.Admin, pick.AdminsChat, message, Thread: null, $"t:{card.Ticket}:{action}");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();
}
