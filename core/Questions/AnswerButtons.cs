using Support.Conversations;
using Support.Knowledge;
using Support.Labels;

namespace Support.Questions;

/// <summary>The buttons under an answer: helpful, not helpful (then the next passage, or a person), the source itself, a person.</summary>
public sealed class AnswerButtons(CallPerson call)
{
    // The conversation is held, as by everything that changes it or its questions: of two presses at once the second waits here.
    private const string Find =
        """
        select q.id, q.language, q.passages::text as passages, q.trace::text as trace, q.chosen, q.shown, q.feedback, c.id as conversation, c.chat_id, c.person_id, c.thread_id, c.ticket_id, p.name
        from question q join conversation c on c.id = q.conversation_id join person p on p.tenant_id = c.tenant_id and p.id = c.person_id
        where q.id = @question and c.chat_id = @chat
        for no key update of c
        """;

    public async Task<bool> HandleAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (press.Data.Split(':') is not ["a", var id, var action] || !long.TryParse(id, out var question) || press.Chat is null)
            return false;
        var asked = await scope.Transaction.FirstAsync<Asked>(Find, new { question, chat = press.Chat.Id }, cancellation);
        // In a group only the one who asked may judge the answer; anybody may read its source.
        if (asked is null || (asked.PersonId != press.From.Id && action != "source"))
        {
            scope.AnswerButton(press.QueryId, null);
            return true;
        }
        switch (action)
        {
            case "up": await HelpfulAsync(scope, press, asked, cancellation); break;
            case "down": await UnhelpfulAsync(scope, press, asked, cancellation); break;
            case "source": await ShowSourceAsync(scope, press, asked, cancellation); break;
            case "human": await CallAsync(scope, press, asked, cancellation); break;
            default: scope.AnswerButton(press.QueryId, null); break;
        }
        return true;
    }

    private const string Judge = "update question set feedback = @feedback where id = @id";

    private static async Task HelpfulAsync(UpdateScope scope, Incoming.ButtonPressed press, Asked asked, CancellationToken cancellation)
    {
        await scope.Transaction.ExecuteAsync(Judge, new { feedback = "helpful", asked.Id }, cancellation);
        scope.AnswerButton(press.QueryId, Phrases.Plain(asked.Language, "feedback.thanks"));
        await KeepButtonsAsync(scope, press, asked, [], cancellation);
        await LabelAnswer.InsideAsync(scope, asked.Id, asked.Shown, LabelVerdict.Right, asked.PersonId, cancellation);
    }

    private const string GoOn = "update question set feedback = 'unhelpful', shown = shown + 1 where id = @Id and shown = @Shown";

    private async Task UnhelpfulAsync(UpdateScope scope, Incoming.ButtonPressed press, Asked asked, CancellationToken cancellation)
    {
        // Pressed twice at once: the second finds that another passage was already shown.
        if (await scope.Transaction.ExecuteAsync(GoOn, new { asked.Id, asked.Shown }, cancellation) == 0)
        {
            scope.AnswerButton(press.QueryId, null);
            return;
        }
        scope.AnswerButton(press.QueryId, null);
        await KeepButtonsAsync(scope, press, asked, ["source", "human"], cancellation);
        if (asked.TicketId is null)
            await ShowNextAsync(scope, asked, cancellation);
        await LabelAnswer.InsideAsync(scope, asked.Id, asked.Shown, LabelVerdict.Wrong, asked.PersonId, cancellation);
    }

    /// <summary>The next passage, or a person.</summary>
    private async Task ShowNextAsync(UpdateScope scope, Asked asked, CancellationToken cancellation)
    {
        var passages = asked.InOrder();
        var texts = await CitedPassages.TextsAsync(scope.Transaction, passages, Audience.Customers, cancellation);
        var next = asked.Shown == 0 ? passages.Skip(1).FirstOrDefault(p => texts.ContainsKey(p.Chunk)) : null;
        if (next is null)
        {
            await call.InsideAsync(scope, asked.Talk, "", Reasons.LowConfidence, asked.Id, null, cancellation);
            return;
        }
        var text = Phrases.Plain(asked.Language, "feedback.next") + "\n\n" + next.Title + "\n" + texts[next.Chunk];
        foreach (var part in AnswerMessage.Build(asked.Language, text, next.Source, next.Link, asked.Id, null, asked.ThreadId))
            await scope.SendAsync(new OutboxMessage(asked.ChatId, Purposes.Answer, part) { Conversation = asked.Conversation, Question = asked.Id }, cancellation);
    }

    private static async Task ShowSourceAsync(UpdateScope scope, Incoming.ButtonPressed press, Asked asked, CancellationToken cancellation)
    {
        var passages = asked.InOrder();
        var texts = await CitedPassages.TextsAsync(scope.Transaction, passages, Audience.Customers, cancellation);
        // After "not helpful" the buttons stand under the second passage.
        var shown = passages.Where((p, i) => i == 0 || texts.ContainsKey(p.Chunk)).ElementAtOrDefault(asked.Shown) ?? (passages.Count > 0 ? passages[0] : null);
        if (shown is null || !texts.TryGetValue(shown.Chunk, out var text))
        {
            scope.AnswerButton(press.QueryId, Phrases.Plain(asked.Language, "source.gone"), alert: true);
            return;
        }
        scope.AnswerButton(press.QueryId, null);
        var html = Phrases.Html(asked.Language, "source.title", shown.Title) + "\n" + Html.Escape(text);
        foreach (var part in MessageSplitter.Split(html))
            await scope.SendAsync(new OutboxMessage(asked.ChatId, Purposes.Notice, new Outgoing.SendText(part, Thread: asked.ThreadId)) { Conversation = asked.Conversation, Question = asked.Id }, cancellation);
    }

    private async Task CallAsync(UpdateScope scope, Incoming.ButtonPressed press, Asked asked, CancellationToken cancellation)
    {
        scope.AnswerButton(press.QueryId, null);
        await KeepButtonsAsync(scope, press, asked, ["source"], cancellation);
        await call.InsideAsync(scope, asked.Talk, "", Reasons.CustomerAsked, asked.Id, null, cancellation);
    }

    /// <summary>Buttons that were used go away, so that nobody wonders whether they did something.</summary>
    private static async Task KeepButtonsAsync(UpdateScope scope, Incoming.ButtonPressed press, Asked asked, string[] kept, CancellationToken cancellation)
    {
        if (press.MessageId is not { } message)
            return;
        var row = kept.Select(k => new Button(Phrases.Plain(asked.Language, "button." + k), $"a:{asked.Id}:{k}")).ToArray();
        var keyboard = row.Length == 0 ? null : Keyboard.Of(row);
        await scope.SendAsync(new OutboxMessage(asked.ChatId, Purposes.Edit, new Outgoing.EditKeyboard(message, keyboard)) { Conversation = asked.Conversation }, cancellation);
    }

    private sealed record Asked(
        long Id, string Language, string Passages, string Trace, int? Chosen, int Shown, string? Feedback, long Conversation, long ChatId, long PersonId, long? ThreadId, long? TicketId, string Name)
    {
        /// <summary>The one that was answered from comes first, be it the best or the one the customer chose.</summary>
        public IReadOnlyList<CitedPassage> InOrder() => ShownPassages.InOrder(CitedPassages.Read(Passages), QuestionTrace.Read(Trace), Chosen);

        public KnownConversation Talk => new(Conversation, ChatId, PersonId, Name, Language, TicketId, ChatId != PersonId);
    }
}
