using System.Text.Json;
using Microsoft.Extensions.Options;
using Support.Confidence;
using Support.Conversations;
using Support.Database;
using Support.Generation;
using Support.Jobs;
using Support.Tenants;

namespace Support.Questions;

/// <summary>Takes the lease on a conversation and reads what is due in it, in one journey.</summary>
public sealed class DueConversations(DeskDatabase database, IOptions<ConversationOptions> options, IOptions<GenerationOptions> generation, TimeProvider clock)
{
    private const int MostMessages = 100;

    private const string Read =
        """
        select c.id, c.chat_id, c.person_id, c.thread_id, c.language, c.language_chosen, c.due_at, c.ticket_id, p.name,
               (select knowledge_change from tenant where id = c.tenant_id) as knowledge_change,
               (select value::text from setting s where s.tenant_id = c.tenant_id and s.key = 'confidence') as confidence,
               (select count(*)::int from (select decision, chosen from question q where q.conversation_id = c.id order by id desc limit 2) last
                where decision = 'ask_back' or decision = 'choose' and chosen is null) as asked_back_before,
               (select count(*)::int from (select asked_at, model_use from question q where q.conversation_id = c.id order by id desc limit @mostLately) newest
                where model_use is not null and asked_at > @anHourAgo) as with_models_lately,
               nextval('question_id_seq') as next_question,
               before.id as before, before.text as before_text, before.decision as before_decision, before.passages as before_passages,
               before.trace as before_trace, before.chosen as before_chosen, before.shown as before_shown
        from conversation c join person p on p.tenant_id = c.tenant_id and p.id = c.person_id
        left join lateral (
            select q.id, q.text, q.decision, q.passages::text as passages, q.trace::text as trace, q.chosen, q.shown
            from (select * from question where conversation_id = c.id order by id desc limit 5) q
            where q.passages <> '[]'::jsonb and q.answered_at > @lately
            order by q.id desc limit 1) before on true
        where c.id = @conversation
        """;

    private const string Pending =
        """
        select id, message_id, text, medium::text as medium, reading, edited_at is not null as is_edit, sent_at from message
        where conversation_id = @conversation and direction = 0 and question_id is null and ticket_id is null
        order by message_id limit @most
        """;

    // Only if nothing has arrived since it was read: a message makes the conversation due at another moment.
    private const string NothingDue = "update conversation set due_at = null, burst_began_at = null where id = @conversation and due_at = @dueAt";

    public async Task<LeasedConversation> LeaseAsync(TenantId tenant, long conversation, Lease lease, WorkerInstance instance, CancellationToken cancellation)
    {
        var which = new { conversation, lately = clock.GetUtcNow() - Earlier.Lately, anHourAgo = clock.GetUtcNow() - TimeSpan.FromHours(1), mostLately = generation.Value.QuestionsAnHour };
        var (isMine, row, messages) = await TenantJourney.RunAsync(
            database.Light, tenant, lease.Take(instance), [new Statement(Read, which), new Statement(Pending, new { conversation, most = MostMessages })],
            async answers => (answers.HasPassed, await answers.FirstAsync<Row>(), await answers.AllAsync<MessageRow>()), cancellation);
        if (!isMine)
            return new LeasedConversation.Busy();
        if (row?.DueAt is not { } dueAt || messages.Count == 0)
        {
            await EndAsync(tenant, conversation, row?.DueAt, lease, cancellation);
            return new LeasedConversation.Nothing();
        }
        var now = clock.GetUtcNow();
        if (dueAt > now.UtcDateTime)
        {
            await lease.ReleaseAsync(database.Light, cancellation);
            return new LeasedConversation.NotYet(dueAt - now.UtcDateTime);
        }
        // A person reads it all in one go.
        var burst = row.TicketId is null ? FirstBurst(messages) : messages;
        return new LeasedConversation.Due(row.Id, row.ChatId, row.PersonId, row.Name, row.ThreadId, row.Language, row.LanguageChosen, dueAt, row.TicketId,
            row.KnowledgeChange, TenantConfidence.Read(row.Confidence), row.AskedBackBefore, row.NextQuestion, [.. burst.Select(m => m.ToPending())], IsPart: burst.Count < messages.Count || messages.Count == MostMessages)
        {
            Before = row.ReadBefore(),
            MayAskModels = row.WithModelsLately < generation.Value.QuestionsAnHour,
        };
    }

    /// <summary>After an outage everything arrives at once: what was written apart stays apart, each a question of its own.</summary>
    private IReadOnlyList<MessageRow> FirstBurst(IReadOnlyList<MessageRow> messages)
    {
        // Telegram tells whole seconds.
        var pause = options.Value.Burst + TimeSpan.FromSeconds(1);
        var count = 1;
        while (count < messages.Count && messages[count].SentAt - messages[count - 1].SentAt <= pause)
            count++;
        return [.. messages.Take(count)];
    }

    private async Task EndAsync(TenantId tenant, long conversation, DateTime? dueAt, Lease lease, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Light, tenant, lease.Release(), cancellation);
        if (transaction is null)
            return;
        if (dueAt is not null)
            await transaction.ExecuteAsync(NothingDue, new { conversation, dueAt }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private sealed record Row(
        long Id, long ChatId, long PersonId, long? ThreadId, string Language, bool LanguageChosen, DateTime? DueAt, long? TicketId, string Name, long KnowledgeChange, string? Confidence,
        int AskedBackBefore, int WithModelsLately, long NextQuestion, long? Before, string? BeforeText, string? BeforeDecision, string? BeforePassages, string? BeforeTrace, int? BeforeChosen, int? BeforeShown)
    {
        public QuestionBefore? ReadBefore() =>
            Before is { } id ? new QuestionBefore(id, BeforeText!, BeforeDecision!, BeforePassages!, BeforeTrace!, BeforeChosen, BeforeShown ?? 0) : null;
    }

    private sealed record MessageRow(long Id, long MessageId, string? Text, string? Medium, string? Reading, bool IsEdit, DateTime SentAt)
    {
        public PendingMessage ToPending() =>
            new(Id, MessageId, Text, Medium is null ? null : JsonSerializer.Deserialize(Medium, ConversationJson.Default.Medium), IsEdit) { Reading = Reading };
    }
}

public abstract record LeasedConversation
{
    private LeasedConversation() { }

    /// <summary>Another worker has it.</summary>
    public sealed record Busy : LeasedConversation;

    public sealed record Nothing : LeasedConversation;

    /// <summary>The burst is not over.</summary>
    public sealed record NotYet(TimeSpan For) : LeasedConversation;

    /// <param name="DueAt">As it was read: when it differs at the end, something arrived meanwhile.</param>
    /// <param name="Judged">What the tenant's owner chose and its labels tell.</param>
    /// <param name="IsPart">More is pending; the conversation stays due.</param>
    /// <param name="NextQuestion">The number that the question will have if these messages become one.</param>
    public sealed record Due(
        long Id, long Chat, long Person, string PersonName, long? Thread, string Language, bool LanguageChosen, DateTime DueAt, long? TicketId,
        long KnowledgeChange, TenantConfidence Judged, int AskedBackBefore, long NextQuestion, IReadOnlyList<PendingMessage> Messages, bool IsPart) : LeasedConversation
    {
        public bool InGroup => Chat != Person;

        /// <summary>This chat has not had as many questions lately as models are asked for.</summary>
        public bool MayAskModels { get; init; } = true;

        /// <summary>The last question of this conversation that was looked for, if that was <see cref="Earlier.Lately">lately</see>.</summary>
        public QuestionBefore? Before { get; init; }
    }
}
