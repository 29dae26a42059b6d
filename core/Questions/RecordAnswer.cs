using System.Text.Json;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Questions.Reading;
using Support.Tenants;
using Support.Tickets;

namespace Support.Questions;

/// <summary>Writes down how a question ended, with everything that follows from it.</summary>
public sealed class RecordAnswer(DeskDatabase database, WorkerInstance instance, ClaimedReplies claimed, OpenTicket open, PassToAdmins passToAdmins)
{
    // Nothing is written when the world changed under the answer: a person has taken the conversation over, or the cited document went.
    // Not "for update": messages that refer to the conversation are noted meanwhile, by whoever holds the ticket's row.
    // A message that was edited while the answer was made stays pending: its new text is asked next.
    private const string Store =
        $"""
        with talk as (
            select ticket_id, due_at from conversation where id = @conversation and {TenantJourney.Passed} for no key update),
        still as (
            select due_at from talk where ticket_id is null and (
                select count(*) from chunk c join document d on d.id = c.document_id where c.id = any(@cited) and d.audience = 0 and d.removed_at is null) = cardinality(@cited)),
        asked as (
            insert into question (id, tenant_id, conversation_id, text, language, decision, reason, confidence, probability, answer, passages, features, trace, model_use, asked_at, answered_at)
            overriding system value
            select @question, @tenant, @conversation, @text, @language, @decision, @reason, @confidence, @probability, @answer, @passages::jsonb, @features::jsonb, @trace::jsonb, @modelUse, @asked, @now from still),
        taken as (
            update message set question_id = @question
            from still where message.id = any(@messages) and message.text is not distinct from (@texts)[array_position(@messages, message.id)]
                and message.medium ->> 'fileId' is not distinct from (@files)[array_position(@messages, message.id)]),
        rest as (
            update conversation set language = @language,
                due_at = case when conversation.due_at = @asked and not @isPart then null else conversation.due_at end,
                burst_began_at = case when conversation.due_at = @asked and not @isPart then null else burst_began_at end
            from still where conversation.id = @conversation),
        used as (
            insert into usage_day (tenant_id, day, what, slot, count) select @tenant, @day, @decision, @conversation % 16, 1 from still
            on conflict (tenant_id, day, what, slot) do update set count = usage_day.count + 1),
        replies as (
            insert into outbox (tenant_id, bot_id, chat_id, conversation_id, question_id, purpose, body, due_at, created_at, state, attempts)
            select @tenant, @bot, @chat, @conversation, @question, @purpose, part.body::jsonb, @now, @now, lane.is_ours, lane.is_ours
            from still, unnest(@replies) with ordinality as part (body, place), lateral (
                select (part.place = 1 and {TenantJourney.PassedSecond}
                    and not exists (select from outbox o where o.bot_id = @bot and o.chat_id = @chat and o.state in (0, 1)))::int as is_ours) lane
            order by part.place
            returning id, state)
        select ticket_id, due_at, exists (select from still) as is_stored, (select id from replies where state = 1) as claimed from talk
        """;

    /// <summary>
    /// An answer, a choice or a question back, in one journey, which gives the lease on the conversation back as well. If nothing else waits
    /// to go to the chat, the first reply is claimed for this process at once.
    /// </summary>
    public async Task<Recorded> StoreAsync(BotInfo bot, DateTimeOffset now, LeasedConversation.Due talk, Decided decided, Lease lease, CancellationToken cancellation)
    {
        var replies = RepliesTo(talk, decided);
        var store = StatementFor(bot, now, talk, decided, replies);
        var claim = replies.Count > 0 ? claimed.Begin(bot.Id, talk.Chat) : null;
        var isClaimed = false;
        try
        {
            var (isMine, stored) = await TenantJourney.RunAsync(
                database.Source, bot.Tenant, lease.Release(), claim?.Lease.Take(instance), [store],
                async answers => (answers.HasPassed, await answers.FirstAsync<Stored>()), cancellation);
            if (claim is not null && stored?.Claimed is { } id)
            {
                claimed.Keep(claim, new LaneClaim.Message(id, replies[0], PurposeOf(decided), talk.Id, talk.NextQuestion, null, InTopic: false, null, null, Attempts: 1, now.UtcDateTime));
                isClaimed = true;
            }
            return Outcome(bot, talk, replies.Count, isMine, stored);
        }
        finally
        {
            if (claim is not null && !isClaimed)
            {
                claimed.GiveUp(claim);
                await claim.Lease.TryReleaseAsync(database.Light);
            }
        }
    }

    private static Recorded Outcome(BotInfo bot, LeasedConversation.Due talk, int replies, bool isMine, Stored? stored)
    {
        if (!isMine)
            return Recorded.LeaseLost;
        // No conversation: it was erased meanwhile.
        if (stored is null)
            return Recorded.Nothing;
        if (!stored.IsStored)
            return Recorded.WorldChanged;
        List<WakeUp> wakeUps = [];
        if (replies > 0)
            wakeUps.Add(WakeUp.Reply(bot.Tenant, bot.Id, talk.Chat, TimeSpan.Zero));
        if (talk.IsPart || stored.DueAt != talk.DueAt)
            wakeUps.Add(WakeUp.Question(bot.Tenant, bot.Id, talk.Id, TimeSpan.Zero));
        return new Recorded(RecordedAs.Stored, wakeUps);
    }

    /// <summary>A ticket is opened in the same transaction. False when the world changed under the answer; nothing is written then.</summary>
    public async Task<bool> StoreAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, LeasedConversation.Due talk, Decided decided, Decision.Escalate escalate, CancellationToken cancellation)
    {
        var store = StatementFor(bot, now, talk, decided, []);
        var stored = await transaction.FirstAsync<Stored>(store.Sql, store.Parameters, cancellation);
        if (stored is null)
            return true;
        if (!stored.IsStored)
            return false;
        if (talk.IsPart || stored.DueAt != talk.DueAt)
            transaction.Wake(WakeUp.Question(transaction.Tenant, bot.Id, talk.Id, TimeSpan.Zero));
        var reference = new ConversationRef(talk.Id, talk.Chat, talk.Person, talk.PersonName, decided.Language, talk.InGroup, ReplyTo(talk));
        var files = talk.Messages.Where(QuestionText.HasFile).Select(m => m.MessageId).ToList();
        var passages = decided.Retrieved.Passages;
        var ticket = new NewTicket(escalate.Reason, decided.Searched ?? QuestionText.ForPeople(talk.Messages), escalate.Draft, TicketPassage.Of(passages), talk.NextQuestion, files)
        {
            DraftChunk = escalate.Draft is null ? null : passages[0].ChunkId,
            ReadBack = ReadBack.Html(decided.Language, talk.Messages),
        };
        await open.InsideAsync(transaction, bot, now, reference, ticket, cancellation);
        return true;
    }

    private static IReadOnlyList<Outgoing> RepliesTo(LeasedConversation.Due talk, Decided decided) => RepliesTo(talk, decided, ReadBack.Html(decided.Language, talk.Messages));

    private static IReadOnlyList<Outgoing> RepliesTo(LeasedConversation.Due talk, Decided decided, string readBack) => decided.Decision switch
    {
        Decision.Answer answer => AnswerMessage.Build(decided.Language, answer, readBack, talk.NextQuestion, ReplyTo(talk), talk.Thread),
        Decision.Choose choose => [ReadFirst(readBack, ChoiceMessage.Build(decided.Language, Siblings.TitlesOf(choose.Among), talk.NextQuestion, ReplyTo(talk), talk.Thread))],
        Decision.AskBack back => [new Outgoing.SendText(readBack + Phrases.Html(decided.Language, back.PhraseKey), ReplyTo: ReplyTo(talk), Thread: talk.Thread)],
        _ => [],
    };

    private static Outgoing.SendText ReadFirst(string readBack, Outgoing.SendText message) => message with { Html = readBack + message.Html };

    private static string PurposeOf(Decided decided) => decided.Decision is Decision.Answer ? Purposes.Answer : Purposes.Notice;

    private static long? ReplyTo(LeasedConversation.Due talk) => talk.InGroup ? talk.Messages[^1].MessageId : null;

    private static Statement StatementFor(BotInfo bot, DateTimeOffset now, LeasedConversation.Due talk, Decided decided, IReadOnlyList<Outgoing> replies) => new(Store, new
    {
        tenant = bot.Tenant.Value,
        bot = bot.Id.Value,
        chat = talk.Chat,
        conversation = talk.Id,
        question = talk.NextQuestion,
        text = QuestionText.Join(talk.Messages),
        language = decided.Language,
        decision = decided.Decision.Name,
        reason = (decided.Decision as Decision.Escalate)?.Reason,
        confidence = decided.Retrieved.Confidence,
        probability = talk.Judged.Probability(decided.Retrieved),
        answer = decided.Decision switch { Decision.Answer a => a.Text, Decision.Escalate e => e.Draft, _ => null },
        passages = CitedPassages.Serialize(decided.Retrieved.Passages),
        features = JsonSerializer.Serialize(decided.Retrieved.Features.ToDictionary(f => f.Key, f => Math.Round(f.Value, 5))),
        trace = QuestionTrace.Of(QuestionText.Join(talk.Messages), decided).ToJson(),
        cited = decided.Decision switch { Decision.Answer a => [.. a.AllCited.Select(p => p.ChunkId)], Decision.Choose c => [.. c.Among.Select(p => p.ChunkId)], _ => Array.Empty<long>() },
        modelUse = decided.Use is { Calls.Count: > 0 } use ? use.Id : (Guid?)null,
        asked = talk.DueAt,
        isPart = talk.IsPart,
        now,
        day = DateOnly.FromDateTime(now.UtcDateTime),
        messages = talk.Messages.Select(m => m.Id).ToArray(),
        texts = talk.Messages.Select(m => m.Text).ToArray(),
        files = FilesOf(talk),
        purpose = PurposeOf(decided),
        replies = replies.Select(Outbox.Serialize).ToArray(),
    });

    // What was edited meanwhile is passed on once more, as an edit.
    private const string Belong =
        """
        update message set ticket_id = case when text is not distinct from (@texts)[array_position(@messages, id)] and medium ->> 'fileId' is not distinct from (@files)[array_position(@messages, id)] then @ticket end
        where id = any(@messages)
        """;

    private const string Lock = "select ticket_id, due_at from conversation where id = @id for no key update";

    private const string Handed =
        """
        update conversation set due_at = case when due_at = @due and not @isPart then null else due_at end,
            burst_began_at = case when due_at = @due and not @isPart then null else burst_began_at end
        where id = @conversation
        """;

    /// <summary>A person has the conversation: the messages go to them. False when the ticket was closed meanwhile.</summary>
    public async Task<bool> PassOnAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, LeasedConversation.Due talk, CancellationToken cancellation)
    {
        var current = await transaction.FirstAsync<Current>(Lock, new { talk.Id }, cancellation);
        if (current is null)
            return true;
        if (current.TicketId is not { } ticket)
            return false;
        var reference = new ConversationRef(talk.Id, talk.Chat, talk.Person, talk.PersonName, talk.Language, talk.InGroup, null);
        var messages = talk.Messages.Select(m => new CustomerMessage(m.MessageId, m.Text, m.Medium is not null, m.IsEdit)).ToList();
        await passToAdmins.InsideAsync(transaction, bot, now, ticket, reference, messages, cancellation);
        await transaction.ExecuteAsync(Belong, new { ticket, messages = talk.Messages.Select(m => m.Id).ToArray(), texts = talk.Messages.Select(m => m.Text).ToArray(), files = FilesOf(talk) }, cancellation);
        await transaction.ExecuteAsync(Handed, new { due = talk.DueAt, isPart = talk.IsPart, conversation = talk.Id }, cancellation);
        if (talk.IsPart || current.DueAt != talk.DueAt)
            transaction.Wake(WakeUp.Question(transaction.Tenant, bot.Id, talk.Id, TimeSpan.Zero));
        return true;
    }

    private const string BelongToQuestion =
        """
        update message set question_id = case when text is not distinct from (@texts)[array_position(@messages, id)] and medium ->> 'fileId' is not distinct from (@files)[array_position(@messages, id)] then @question end
        where id = any(@messages)
        """;

    /// <summary>The messages were the answer to a choice, which has been taken: they belong to the question that offered it.</summary>
    public static async Task JoinAsync(TenantTransaction transaction, BotInfo bot, LeasedConversation.Due talk, long question, CancellationToken cancellation)
    {
        var current = await transaction.FirstAsync<Current>(Lock, new { talk.Id }, cancellation);
        await transaction.ExecuteAsync(
            BelongToQuestion, new { question, messages = talk.Messages.Select(m => m.Id).ToArray(), texts = talk.Messages.Select(m => m.Text).ToArray(), files = FilesOf(talk) }, cancellation);
        await transaction.ExecuteAsync(Handed, new { due = talk.DueAt, isPart = talk.IsPart, conversation = talk.Id }, cancellation);
        if (talk.IsPart || current?.DueAt != talk.DueAt)
            transaction.Wake(WakeUp.Question(transaction.Tenant, bot.Id, talk.Id, TimeSpan.Zero));
    }

    private static string?[] FilesOf(LeasedConversation.Due talk) => [.. talk.Messages.Select(m => m.Medium?.FileId)];

    private sealed record Stored(long? TicketId, DateTime? DueAt, bool IsStored, long? Claimed);

    private sealed record Current(long? TicketId, DateTime? DueAt);
}

public enum RecordedAs { Stored, LeaseLost, WorldChanged }

/// <param name="WakeUps">To be put on their queues.</param>
public sealed record Recorded(RecordedAs As, IReadOnlyList<WakeUp> WakeUps)
{
    public static readonly Recorded LeaseLost = new(RecordedAs.LeaseLost, []);
    public static readonly Recorded WorldChanged = new(RecordedAs.WorldChanged, []);
    public static readonly Recorded Nothing = new(RecordedAs.Stored, []);
}
