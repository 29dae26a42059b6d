using System.Text.Json;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Support.Tickets;

namespace Support.Questions;

/// <summary>Writes down how a question ended, with everything that follows from it, in the caller's transaction.</summary>
public sealed class RecordAnswer(OpenTicket open, PassToAdmins passToAdmins)
{
    // Not "for update": messages that refer to the conversation are noted meanwhile, by whoever holds the ticket's row.
    private const string Lock = "select ticket_id, due_at from conversation where id = @id for no key update";

    private const string StillPublished =
        "select exists (select from chunk c join document d on d.id = c.document_id where c.id = @chunk and d.audience = 0 and d.removed_at is null)";

    // A message that was edited while the answer was made stays pending: its new text is asked next.
    private const string Store =
        """
        with asked as (
            insert into question (tenant_id, conversation_id, text, language, decision, reason, confidence, answer, passages, features, asked_at, answered_at)
            values (@tenant, @conversation, @text, @language, @decision, @reason, @confidence, @answer, @passages::jsonb, @features::jsonb, @asked, @now)
            returning id),
        taken as (
            update message set question_id = (select id from asked)
            from unnest(@messages, @texts) as read (id, text) where message.id = read.id and message.text is not distinct from read.text),
        rest as (
            update conversation set language = @language,
                due_at = case when due_at = @due then null else due_at end,
                burst_began_at = case when due_at = @due then null else burst_began_at end
            where id = @conversation),
        used as (
            insert into usage_day (tenant_id, day, what, slot, count) values (@tenant, @day, @decision, @conversation % 16, 1)
            on conflict (tenant_id, day, what, slot) do update set count = usage_day.count + 1)
        select id from asked
        """;

    /// <summary>False when the world changed under the answer and it must be made anew; nothing is written then.</summary>
    public async Task<bool> StoreAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, LeasedConversation.Due talk, Decided decided, CancellationToken cancellation)
    {
        var current = await transaction.FirstAsync<Current>(Lock, new { talk.Id }, cancellation);
        if (current is null)
            return true;
        if (current.TicketId is not null)
            return false;
        if (decided.Decision is Decision.Answer cites && !await transaction.FirstAsync<bool>(StillPublished, new { chunk = cites.Cited.ChunkId }, cancellation))
            return false;
        var text = QuestionText.Join(talk.Messages);
        var question = await transaction.FirstAsync<long>(Store, new
        {
            tenant = transaction.Tenant.Value,
            conversation = talk.Id,
            text,
            language = decided.Language,
            decision = decided.Decision.Name,
            reason = (decided.Decision as Decision.Escalate)?.Reason,
            confidence = decided.Retrieved.Confidence,
            answer = decided.Decision switch { Decision.Answer a => a.Text, Decision.Escalate e => e.Draft, _ => null },
            passages = CitedPassages.Serialize(decided.Retrieved.Passages),
            features = JsonSerializer.Serialize(decided.Retrieved.Features),
            asked = talk.DueAt,
            now,
            due = talk.DueAt,
            day = DateOnly.FromDateTime(now.UtcDateTime),
            messages = talk.Messages.Select(m => m.Id).ToArray(),
            texts = talk.Messages.Select(m => m.Text).ToArray(),
        }, cancellation);
        if (current.DueAt != talk.DueAt)
            transaction.Wake(WakeUp.Question(transaction.Tenant, bot.Id, talk.Id, TimeSpan.Zero));
        await FollowUpAsync(transaction, bot, now, talk, decided, question, text, cancellation);
        return true;
    }

    private async Task FollowUpAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, LeasedConversation.Due talk, Decided decided, long question, string text, CancellationToken cancellation)
    {
        var replyTo = talk.InGroup ? talk.Messages[^1].MessageId : (long?)null;
        switch (decided.Decision)
        {
            case Decision.Answer answer:
                var parts = AnswerMessage.Build(decided.Language, answer.Text, answer.Cited, question, replyTo, talk.Thread);
                foreach (var part in parts)
                    await AddAsync(transaction, bot, now, talk, Purposes.Answer, part, question, cancellation);
                break;
            case Decision.AskBack back:
                var html = Phrases.Html(decided.Language, back.PhraseKey);
                await AddAsync(transaction, bot, now, talk, Purposes.Notice, new Outgoing.SendText(html, ReplyTo: replyTo, Thread: talk.Thread), question, cancellation);
                break;
            case Decision.Escalate escalate:
                var reference = new ConversationRef(talk.Id, talk.Chat, talk.Person, talk.PersonName, decided.Language, talk.InGroup, replyTo);
                var files = talk.Messages.Where(QuestionText.NeedsEyes).Select(m => m.MessageId).ToList();
                var passages = decided.Retrieved.Passages.Take(5)
                    .Select(p => new TicketPassage(p.Source, p.Link, p.Title, p.Text, p.Score, p.Audience == Knowledge.Audience.Staff)).ToList();
                await open.InsideAsync(transaction, bot, now, reference, new NewTicket(escalate.Reason, text, escalate.Draft, passages, question, files), cancellation);
                break;
        }
    }

    private static Task<long> AddAsync(TenantTransaction transaction, BotInfo bot, DateTimeOffset now, LeasedConversation.Due talk, string purpose, Outgoing body, long question, CancellationToken cancellation) =>
        Outbox.AddAsync(transaction, bot.Id, new OutboxMessage(talk.Chat, purpose, body) { Conversation = talk.Id, Question = question }, now, cancellation);

    // What was edited meanwhile is passed on once more, as an edit.
    private const string Belong =
        """
        update message set ticket_id = case when message.text is not distinct from read.text then @ticket end
        from unnest(@messages, @texts) as read (id, text) where message.id = read.id
        """;

    private const string Handed =
        """
        update conversation set due_at = case when due_at = @due then null else due_at end,
            burst_began_at = case when due_at = @due then null else burst_began_at end
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
        await transaction.ExecuteAsync(Belong, new { ticket, messages = talk.Messages.Select(m => m.Id).ToArray(), texts = talk.Messages.Select(m => m.Text).ToArray() }, cancellation);
        await transaction.ExecuteAsync(Handed, new { due = talk.DueAt, conversation = talk.Id }, cancellation);
        if (current.DueAt != talk.DueAt)
            transaction.Wake(WakeUp.Question(transaction.Tenant, bot.Id, talk.Id, TimeSpan.Zero));
        return true;
    }

    private sealed record Current(long? TicketId, DateTime? DueAt);
}
