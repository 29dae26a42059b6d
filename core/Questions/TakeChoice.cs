using Support.Conversations;
using Support.Database;
using Support.Generation;
using Support.Knowledge;
using Support.Labels;
using Support.Retrieval;
using Support.Tenants;

namespace Support.Questions;

/// <summary>
/// The customer has said which of the passages offered is meant: it is answered from at once, or a person is called if it is none of them. Either way the
/// desk has learnt whether its first passage was right.
/// </summary>
public sealed class TakeChoice(DeskDatabase database, DecideAnswer decide, CallPerson call)
{
    private const string Offered =
        """
        select coalesce(q.trace ->> 'searched', q.text) as text, q.passages::text as passages, q.trace::text as trace, t.knowledge_change
        from question q join conversation c on c.id = q.conversation_id join tenant t on t.id = q.tenant_id
        where q.id = @question and q.decision = 'choose' and q.chosen is null and c.chat_id = @chat and c.person_id = @by and c.ticket_id is null
        """;

    /// <summary>
    /// What people get if it is none of those offered. Before the transaction of the choice, which holds the conversation: a search may have to wait for the index.
    /// </summary>
    /// <returns>Null when that is not to be chosen here any more, or the index failed.</returns>
    public async Task<TicketDraft?> DraftAsync(TenantId tenant, long question, long chat, long by, CancellationToken cancellation)
    {
        OfferedQuestion? offered;
        await using (var transaction = await database.BeginAsync(tenant, cancellation))
            offered = await transaction.FirstAsync<OfferedQuestion>(Offered, new { question, chat, by }, cancellation);
        if (offered is null)
            return null;
        var passages = CitedPassages.Read(offered.Passages);
        var refused = (QuestionTrace.Read(offered.Trace).Offered ?? []).Select(place => passages[place]).ToList();
        return await decide.DraftAsync(tenant, offered.Text, offered.KnowledgeChange, refused, cancellation);
    }

    // The conversation is held, so that nobody takes it over meanwhile; of two presses at once the second waits here.
    private const string Find =
        """
        select q.id, coalesce(q.trace ->> 'searched', q.text) as text, q.language, q.decision, q.passages::text as passages, q.trace::text as trace,
               c.id as conversation, c.chat_id, c.person_id, c.thread_id, c.ticket_id, p.name,
               case when c.chat_id <> c.person_id then (
                   select m.message_id from message m where m.conversation_id = c.id and m.question_id = q.id and m.direction = 0 order by m.id desc limit 1) end as asked_in,
               (select m.message_id from message m where m.conversation_id = c.id and m.question_id = q.id and m.direction = 1 order by m.id desc limit 1) as offered_in
        from question q join conversation c on c.id = q.conversation_id join person p on p.tenant_id = c.tenant_id and p.id = c.person_id
        where q.id = @question and c.chat_id = @chat
        for no key update of c
        """;

    private const string Take =
        """
        with taken as (update question set chosen = @chosen where id = @id and decision = 'choose' and chosen is null returning id),
        used as (
            insert into usage_day (tenant_id, day, what, slot, count) select @tenant, @day, 'chosen', @conversation % 16, 1 from taken where @chosen >= 0
            on conflict (tenant_id, day, what, slot) do update set count = usage_day.count + 1)
        select count(*)::int from taken
        """;

    private const string KeepAnswer = "update question set answer = @answer where id = @id";

    /// <param name="by">Telegram's id of who says it. In a group only the one who asked may.</param>
    /// <param name="chosen">Which of those offered, counted from 0; or <see cref="ShownPassages.NoneOfThese"/>.</param>
    /// <param name="pressed">The message with the buttons; null if it was said in words.</param>
    /// <param name="draft">See <see cref="DraftAsync"/>.</param>
    public async Task<ChoiceTaken> InsideAsync(UpdateScope scope, long question, long chat, long by, int chosen, long? pressed, TicketDraft? draft, CancellationToken cancellation)
    {
        var asked = await scope.Transaction.FirstAsync<Asked>(Find, new { question, chat }, cancellation);
        if (asked is not { Decision: "choose" } || asked.PersonId != by)
            return new ChoiceTaken.NotNow();
        var trace = QuestionTrace.Read(asked.Trace);
        if (chosen >= (trace.Offered?.Count ?? 0))
            return new ChoiceTaken.NotNow();
        if (asked.TicketId is not null)
            return new ChoiceTaken.WithPerson(asked.Language);
        var take = new { chosen, asked.Id, asked.Conversation, tenant = scope.Transaction.Tenant.Value, day = DateOnly.FromDateTime(scope.Now.UtcDateTime) };
        if (await scope.Transaction.FirstAsync<int>(Take, take, cancellation) == 0)
            return new ChoiceTaken.NotNow();

        var passages = CitedPassages.Read(asked.Passages);
        var texts = await CitedPassages.TextsAsync(scope.Transaction, passages, Audience.Customers, cancellation);
        var meant = ShownPassages.IndexOf(trace, chosen) is { } index ? passages[index] : null;
        await EndButtonsAsync(scope, asked, pressed ?? asked.OfferedIn, meant is null ? null : trace.Titles?[chosen] ?? meant.Title, cancellation);
        if (meant is not null && texts.TryGetValue(meant.Chunk, out var text))
            await AnswerAsync(scope, asked, meant, text, cancellation);
        else
            await CallAsync(scope, asked, isGone: meant is not null, draft, cancellation);
        await LearnAsync(scope, asked, passages[0], meant, texts, cancellation);
        return new ChoiceTaken.Now();
    }

    /// <summary>
    /// Of a document that is gone nothing can be said. An offer may be older than the model or the documents, so what was found then is not kept:
    /// the question is asked again.
    /// </summary>
    private static async Task LearnAsync(
        UpdateScope scope, Asked asked, CitedPassage first, CitedPassage? meant, IReadOnlyDictionary<long, string> texts, CancellationToken cancellation)
    {
        foreach (var (passage, verdict) in ChoiceLabels.Of(first, meant))
            if (texts.TryGetValue(passage.Chunk, out var text))
                await LabelStore.AddAsync(scope.Transaction,
                    NewLabel.ToBeAsked(asked.Id, asked.Text, PassageHash.Of(passage.Title, text), verdict, LabelSources.Choice, asked.PersonId), scope.Now, cancellation);
    }

    /// <summary>The buttons go, and the message says what was chosen, for whoever reads the chat later.</summary>
    private static async Task EndButtonsAsync(UpdateScope scope, Asked asked, long? message, string? title, CancellationToken cancellation)
    {
        if (message is { } shown)
            await scope.SendAsync(
                new OutboxMessage(asked.ChatId, Purposes.Edit, new Outgoing.EditText(shown, ChoiceMessage.Answered(asked.Language, title))) { Conversation = asked.Conversation }, cancellation);
    }

    private static async Task AnswerAsync(UpdateScope scope, Asked asked, CitedPassage meant, string text, CancellationToken cancellation)
    {
        var passage = new Passage(meant.Chunk, meant.Document, meant.Version, Audience.Customers, meant.Source, meant.Link, meant.Title, text, meant.Score);
        var words = await KnownSynonyms.ReadAsync(scope.Transaction, cancellation);
        var answer = ExtractiveAnswer.Write(asked.Text, passage, words.ToThesaurus());
        await scope.Transaction.ExecuteAsync(KeepAnswer, new { answer, asked.Id }, cancellation);
        foreach (var part in AnswerMessage.Build(asked.Language, answer, passage, asked.Id, asked.AskedIn, asked.ThreadId))
            await scope.SendAsync(new OutboxMessage(asked.ChatId, Purposes.Answer, part) { Conversation = asked.Conversation, Question = asked.Id }, cancellation);
    }

    private async Task CallAsync(UpdateScope scope, Asked asked, bool isGone, TicketDraft? draft, CancellationToken cancellation)
    {
        if (isGone)
        {
            var gone = new Outgoing.SendText(Phrases.Html(asked.Language, "source.gone"), ReplyTo: asked.AskedIn, Thread: asked.ThreadId);
            await scope.SendAsync(new OutboxMessage(asked.ChatId, Purposes.Notice, gone) { Conversation = asked.Conversation, Question = asked.Id }, cancellation);
        }
        await call.InsideAsync(scope, asked.Talk, "", Reasons.LowConfidence, asked.Id, asked.AskedIn, draft, cancellation);
    }

    private sealed record OfferedQuestion(string Text, string Passages, string Trace, long KnowledgeChange);

    private sealed record Asked(
        long Id, string Text, string Language, string Decision, string Passages, string Trace,
        long Conversation, long ChatId, long PersonId, long? ThreadId, long? TicketId, string Name, long? AskedIn, long? OfferedIn)
    {
        public KnownConversation Talk => new(Conversation, ChatId, PersonId, Name, Language, TicketId, ChatId != PersonId);
    }
}

/// <summary>What became of a choice.</summary>
public abstract record ChoiceTaken
{
    private ChoiceTaken() { }

    /// <summary>It was taken, and what follows from it is on its way.</summary>
    public sealed record Now : ChoiceTaken;

    /// <summary>It was taken before, is somebody else's to make, or was never offered.</summary>
    public sealed record NotNow : ChoiceTaken;

    /// <summary>A person has the conversation: the bot keeps silent.</summary>
    /// <param name="Language">Of the customer.</param>
    public sealed record WithPerson(string Language) : ChoiceTaken;
}
