using Microsoft.Extensions.Logging;
using Support.Conversations.Commands;
using Support.Database;
using Support.Jobs;
using Support.Knowledge;
using Support.Questions;
using Support.Tenants;
using Support.Tickets;

namespace Support.Conversations;

/// <summary>
/// An update becomes part of the memory: once, whole, in one transaction. Answers come later; what must be done is woken
/// after the commit, and a crash in between is mended by the sweep.
/// </summary>
public sealed partial class ReceiveUpdate(
    DeskDatabase database,
    IWorkQueue queue,
    BestEffort bestEffort,
    BotDirectory directory,
    CustomerMessages customers,
    MessageEdits edits,
    CommandTable commands,
    AdminMessages admins,
    TicketButtons ticketButtons,
    ChoiceButtons choiceButtons,
    AnswerButtons answerButtons,
    DocumentButtons documentButtons,
    EditorFiles files,
    Membership membership,
    Beforehand beforehand,
    UpdateCounters counters,
    TimeProvider clock,
    ILogger<ReceiveUpdate> logger)
{
    public async Task<Verdict> HandleAsync(BotInfo bot, long updateId, Incoming incoming, CancellationToken cancellation)
    {
        counters.Count(bot.Id, incoming);
        var key = new UpdateKey(bot.Id, updateId);
        return incoming is Incoming.MessageReceived { Message: var message } && IsOnlyFromCustomer(bot, message)
            ? await ReceiveFromCustomerAsync(bot, key, message, cancellation)
            : await ReceiveAsync(bot, key, incoming, cancellation);
    }

    /// <summary>What nearly every update is: <see cref="RouteAsync"/> would do nothing with it but keep it for an answer.</summary>
    private static bool IsOnlyFromCustomer(BotInfo bot, IncomingMessage message) =>
        message is { Chat.Kind: ChatKind.Private, From.IsBot: false, IsService: false, Command: null, ReplyTo: null, MigratedTo: null }
        && !bot.IsAdmin(message.From.Id)
        && !bot.IsEditor(message.From.Id);

    private async Task<Verdict> ReceiveFromCustomerAsync(BotInfo bot, UpdateKey key, IncomingMessage message, CancellationToken cancellation)
    {
        if (await customers.ReceiveAsync(bot, key, message, clock.GetUtcNow(), cancellation) is not { } arrived)
        {
            Log.AlreadyProcessed(logger, key);
            return Verdict.Finished;
        }
        if (arrived.WakeUp is { } wakeUp)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        bestEffort.Run(arrived.Afterwards);
        return Verdict.Finished;
    }

    private async Task<Verdict> ReceiveAsync(BotInfo bot, UpdateKey key, Incoming incoming, CancellationToken cancellation)
    {
        var before = await beforehand.LookAsync(bot, incoming, clock.GetUtcNow(), cancellation);
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, bot.Tenant, key.Mark(), cancellation);
        if (transaction is null)
        {
            Log.AlreadyProcessed(logger, key);
            return Verdict.Finished;
        }
        var scope = new UpdateScope(transaction, bot, clock.GetUtcNow()) { Before = before };
        if (await Unsettled.ConcernsAsync(scope, incoming, cancellation))
            return new Verdict.Later(Unsettled.Pause);
        await RouteAsync(scope, incoming, cancellation);
        await transaction.CommitAsync(cancellation);

        if (scope.StaffChanged)
            directory.Forget(bot.Id);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        bestEffort.Run(scope.Afterwards);
        return Verdict.Finished;
    }

    private Task RouteAsync(UpdateScope scope, Incoming incoming, CancellationToken cancellation) => incoming switch
    {
        Incoming.MessageReceived received => ReceiveMessageAsync(scope, received.Message, cancellation),
        Incoming.MessageEdited edited => edits.ApplyAsync(scope, edited.Message, cancellation),
        Incoming.ButtonPressed press => PressButtonAsync(scope, press, cancellation),
        Incoming.MembershipChanged change => membership.ChangeAsync(scope, change, cancellation),
        _ => Task.CompletedTask,
    };

    private async Task ReceiveMessageAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        if (message.MigratedTo is { } newChat)
            await membership.MoveAsync(scope, message.Chat.Id, newChat, cancellation);
        // Groups know anonymous administrators by the name of a bot; they are colleagues all the same.
        if (message.IsService || (message.From.IsBot && message.Chat.Id != scope.Bot.AdminsChat))
            return;
        if (message.Command is not null && await commands.RunAsync(scope, message, cancellation))
            return;
        if (IsAdminsPlace(scope.Bot, message) && await admins.HandleAsync(scope, message, cancellation))
            return;
        if (message.Chat.Kind == ChatKind.Private)
        {
            if (message.Medium is { Kind: MediumKind.Document } && scope.Bot.IsEditor(message.From.Id))
                await files.ReceiveAsync(scope, message, cancellation);
            else
                await customers.ArriveAsync(scope, message, cancellation);
        }
        else if (message.Chat.Id != scope.Bot.AdminsChat && (message.MentionsBot || message.ReplyTo is { FromIsBot: true }))
        {
            await customers.ArriveAsync(scope, message, cancellation);
        }
    }

    /// <summary>The admins' group; or, until there is one, the private chat that cards go to. Any admin may answer a card that came to them once.</summary>
    private static bool IsAdminsPlace(BotInfo bot, IncomingMessage message) =>
        message.Chat.Id == bot.CardsChat
        || (message.Chat.Kind == ChatKind.Private && bot.IsAdmin(message.From.Id) && (message.ReplyTo is not null || message.Command is "tickets" or "take" or "close"));

    private async Task PressButtonAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        var known = await ticketButtons.HandleAsync(scope, press, cancellation)
            || await choiceButtons.HandleAsync(scope, press, cancellation)
            || await answerButtons.HandleAsync(scope, press, cancellation)
            || await documentButtons.HandleAsync(scope, press, cancellation)
            || await commands.PressAsync(scope, press, cancellation);
        if (!known)
            scope.AnswerButton(press.QueryId, null);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Skipped {Key}: already processed.")]
        public static partial void AlreadyProcessed(ILogger logger, UpdateKey key);
    }
}
