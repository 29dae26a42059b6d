using Microsoft.Extensions.Logging;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Models;
using Support.Questions.Reading;
using Support.Tenants;
using Support.Text;

namespace Support.Questions;

/// <summary>
/// A conversation is due: its pending messages are one question, which is answered, asked back or handed over, or the word on what was
/// offered to choose from; or, while a person has the conversation, they are passed on and the bot says nothing of its own.
/// </summary>
public sealed partial class AnswerQuestion(
    DeskDatabase database,
    WorkerInstance instance,
    IWorkQueue queue,
    BotDirectory bots,
    DecideAnswer decide,
    KeepTyping typing,
    ShowWriting writing,
    DueConversations conversations,
    ReadMedia read,
    RecordAnswer record,
    TakeChoice choices,
    TimeProvider clock,
    ILogger<AnswerQuestion> logger)
{
    private static readonly Retrieval.Retrieved Nothing = new([], 0, new Dictionary<string, double>(), 0, 0);

    /// <summary>Somebody else works on the conversation; this is how long that usually takes.</summary>
    private static readonly TimeSpan WhileLeased = TimeSpan.FromMilliseconds(250);

    public async Task<Verdict> HandleAsync(QuestionDue due, CancellationToken cancellation)
    {
        var tenant = new TenantId(due.Tenant);
        var bot = await bots.FindAsync(new BotId(due.Bot), cancellation);
        if (bot is null || bot.Tenant != tenant)
            // Only a wake-up: what waits for a bot that is not run any more is woken again when it is.
            return Verdict.Finished;

        var lease = Lease.OnConversation(due.Conversation);
        var talk = await conversations.LeaseAsync(tenant, due.Conversation, lease, instance, cancellation);
        switch (talk)
        {
            case LeasedConversation.Busy:
                return new Verdict.Later(WhileLeased);
            case LeasedConversation.Nothing:
                return Verdict.Finished;
            case LeasedConversation.NotYet notYet:
                return new Verdict.Later(notYet.For);
            case LeasedConversation.Due ready:
                return await AnswerOrReleaseAsync(bot, ready, lease, cancellation);
            default:
                throw new InvalidOperationException($"Unexpected state {talk.GetType().Name}.");
        }
    }

    private async Task<Verdict> AnswerOrReleaseAsync(BotInfo bot, LeasedConversation.Due talk, Lease lease, CancellationToken cancellation)
    {
        try
        {
            return await AnswerAsync(bot, talk, lease, cancellation);
        }
        catch
        {
            // Or the customer would wait until the lease has run out.
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
    }

    private async Task<Verdict> AnswerAsync(BotInfo bot, LeasedConversation.Due talk, Lease lease, CancellationToken cancellation)
    {
        var use = new ModelUse(bot.Tenant);
        var begun = clock.GetTimestamp();
        if (talk.MayAskModels)
            talk = await read.ReadAsync(bot, talk, use, cancellation);
        var spent = clock.GetElapsedTime(begun);
        var recorded = ChoiceIn(talk) is { } chosen
            ? await ChooseAsync(bot, talk, chosen, lease, cancellation)
            : await DecideAndStoreAsync(bot, talk, use, spent, lease, cancellation);
        foreach (var wakeUp in recorded.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        return recorded.As switch
        {
            RecordedAs.Stored => Verdict.Finished,
            RecordedAs.LeaseLost => new Verdict.Again(WhileLeased, "The lease on the conversation was lost."),
            // Somebody took the conversation over, or a cited document went, while the answer was made: once more, with what is so now.
            _ => new Verdict.Later(WhileLeased),
        };
    }

    private async Task<Recorded> DecideAndStoreAsync(BotInfo bot, LeasedConversation.Due talk, ModelUse use, TimeSpan spent, Lease lease, CancellationToken cancellation)
    {
        var decided = talk.TicketId is null ? await DecideAsync(bot, talk, use, spent, cancellation) : null;
        return decided is { Decision: not Decision.Escalate }
            ? await record.StoreAsync(bot, clock.GetUtcNow(), talk, decided, lease, cancellation)
            : await HandOverAsync(bot, talk, decided, lease, cancellation);
    }

    /// <summary>What was chosen of the passages offered last, if the messages say it instead of a button.</summary>
    private static int? ChoiceIn(LeasedConversation.Due talk) =>
        talk is { TicketId: null, Before: { WaitsForChoice: true } before } && !talk.Messages.Any(QuestionText.NeedsEyes)
            ? TypedChoice.Of(QuestionText.Join(talk.Messages), before.Titles)
            : null;

    private async Task<Recorded> ChooseAsync(BotInfo bot, LeasedConversation.Due talk, int chosen, Lease lease, CancellationToken cancellation)
    {
        var question = talk.Before!.Id;
        var draft = chosen == ShownPassages.NoneOfThese ? await choices.DraftAsync(bot.Tenant, question, talk.Chat, talk.Person, cancellation) : null;
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, bot.Tenant, lease.Release(), cancellation);
        if (transaction is null)
            return Recorded.LeaseLost;
        var scope = new UpdateScope(transaction, bot, clock.GetUtcNow());
        var isTaken = await choices.InsideAsync(scope, question, talk.Chat, talk.Person, chosen, pressed: null, draft, cancellation) is ChoiceTaken.Now;
        if (isTaken)
            await RecordAnswer.JoinAsync(transaction, bot, talk, question, cancellation);
        await transaction.CommitAsync(cancellation);
        return isTaken ? new Recorded(RecordedAs.Stored, transaction.WakeUps) : Recorded.WorldChanged;
    }

    /// <summary>To people: as a new ticket, or into the one that is open.</summary>
    private async Task<Recorded> HandOverAsync(BotInfo bot, LeasedConversation.Due talk, Decided? decided, Lease lease, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, bot.Tenant, lease.Release(), cancellation);
        if (transaction is null)
            return Recorded.LeaseLost;
        var now = clock.GetUtcNow();
        var isStored = decided is { Decision: Decision.Escalate escalate }
            ? await record.StoreAsync(transaction, bot, now, talk, decided, escalate, cancellation)
            : await record.PassOnAsync(transaction, bot, now, talk, cancellation);
        await transaction.CommitAsync(cancellation);
        return isStored ? new Recorded(RecordedAs.Stored, transaction.WakeUps) : Recorded.WorldChanged;
    }

    private const string Drop = "update conversation set due_at = null, burst_began_at = null where id = @conversation";

    /// <summary>Hands the question to a person without looking for an answer; if not even that can be done, leaves it until the customer writes again.</summary>
    public async Task GiveUpAsync(QuestionDue due, CancellationToken cancellation)
    {
        var tenant = new TenantId(due.Tenant);
        var lease = Lease.OnConversation(due.Conversation);
        try
        {
            if (await bots.FindAsync(new BotId(due.Bot), cancellation) is { } bot && bot.Tenant == tenant
                && await conversations.LeaseAsync(tenant, due.Conversation, lease, instance, cancellation) is LeasedConversation.Due { TicketId: null } talk)
            {
                var failed = new Decided(new Decision.Escalate(Reasons.ModelFailed, null), Nothing, talk.Language, false);
                var recorded = await HandOverAsync(bot, talk, failed, lease, cancellation);
                foreach (var wakeUp in recorded.WakeUps)
                    await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
                if (recorded.As is RecordedAs.Stored)
                    return;
            }
        }
        catch (Exception e) when (e is not (OperationCanceledException or QueueUnavailableException) && !DeskDatabase.IsAway(e))
        {
            Log.NotHandedOver(logger, due.Conversation, e);
        }
        await lease.TryReleaseAsync(database.Light);
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync(Drop, new { conversation = due.Conversation }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<Decided> DecideAsync(BotInfo bot, LeasedConversation.Due talk, ModelUse use, TimeSpan spent, CancellationToken cancellation)
    {
        var text = QuestionText.Join(talk.Messages);
        var language = talk.LanguageChosen ? talk.Language : LanguageGuess.Of(text) ?? talk.Language;
        if (talk.Messages.Any(QuestionText.NeedsEyes))
            return new Decided(new Decision.Escalate(Reasons.UnsupportedMedia, null), Nothing, language, false) { Use = use };
        await using var draft = writing.Begin(bot.Id, talk);
        var question = new QuestionToDecide(bot.Tenant, text, language, talk.KnowledgeChange, talk.Judged)
        {
            AskedBackBefore = talk.AskedBackBefore,
            Earlier = talk.Before?.ToEarlier(),
            Use = talk.MayAskModels ? use : null,
            Spent = spent,
            Show = draft is null ? null : draft.Show,
        };
        // What was read may have cost something, whatever was decided.
        return await typing.WhileAsync(decide.DecideAsync(question, cancellation), bot.Id, talk.Chat, talk.Thread, cancellation) with { Use = use };
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The question of conversation {Conversation} could not even be handed to a person.")]
        public static partial void NotHandedOver(ILogger logger, long conversation, Exception e);
    }
}
