using Support.Conversations;
using Support.Knowledge.Written;

namespace Support.Knowledge;

/// <summary>The buttons of /docs: turning pages, replacing a document, and removing it, asked once; the questions that a model wrote for it; and the questions that a new document answers. Only editors' presses count.</summary>
public sealed class DocumentButtons(IKnowledgeFollower follower)
{
    public async Task<bool> HandleAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (Read(press.Data) is not var (document, action) || press.Chat is null || press.MessageId is null)
            return false;
        scope.AnswerButton(press.QueryId, null);
        if (!scope.Bot.IsEditor(press.From.Id))
            return true;
        var talk = await ConversationStore.EnsureAsync(scope, press.Chat, press.From, press.Thread, cancellation);
        switch (action)
        {
            case "page": await TurnAsync(scope, talk, press, document, cancellation); break;
            case "new": await ReplaceAsync(scope, talk, press, document, cancellation); break;
            case "questions": await ShowQuestionsAsync(scope, talk, document, cancellation); break;
            case var turn when WrittenPage.PageOf(turn) is { } page: await TurnQuestionsAsync(scope, talk, press, document, page, cancellation); break;
            case "stop": await StopAsync(scope, talk, press, cancellation); break;
            case "ask": await AskAsync(scope, talk, document, cancellation); break;
            case "yes": await RemoveAsync(scope, talk, press, document, cancellation); break;
            case ShowAnswer.OfChunk or ShowAnswer.OfTicket when scope.Before.Shown is { } shown: await ShowAnswer.SayAsync(scope, talk, shown, cancellation); break;
            case "no": await EditAsync(scope, talk, press, Phrases.Html(talk.Language, "kept"), null, cancellation); break;
        }
        return true;
    }

    /// <param name="number">A document's id, a page's number, or what <see cref="ShowAnswer"/> says.</param>
    internal static string Of(long number, string action) => $"d:{number}:{action}";

    internal static (long Number, string Action)? Read(string data) =>
        data.Split(':') is ["d", var id, var action] && long.TryParse(id, out var number) ? (number, action) : null;

    private static async Task TurnAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, long number, CancellationToken cancellation)
    {
        var page = await DocumentPage.ReadAsync(scope.Transaction, number, cancellation);
        await EditAsync(scope, talk, press, page.Html(talk.Language), page.Buttons(talk.Language), cancellation);
    }

    private static async Task ShowQuestionsAsync(UpdateScope scope, KnownConversation talk, long document, CancellationToken cancellation)
    {
        if (await WrittenPage.ReadAsync(scope.Transaction, document, 0, cancellation) is { } page)
            await SayAsync(scope, talk, page.Html(talk.Language), page.Buttons(talk.Language), cancellation);
    }

    private static async Task TurnQuestionsAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, long document, int number, CancellationToken cancellation)
    {
        if (await WrittenPage.ReadAsync(scope.Transaction, document, number, cancellation) is { } page)
            await EditAsync(scope, talk, press, page.Html(talk.Language), page.Buttons(talk.Language), cancellation);
    }

    private static async Task ReplaceAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, long document, CancellationToken cancellation)
    {
        if (await ReplaceDocument.BeginAsync(scope, press.From.Id, document, cancellation) is not { } name)
            return;
        var keyboard = Keyboard.Of([new Button(Phrases.Plain(talk.Language, "button.cancel"), Of(document, "stop"))]);
        await SayAsync(scope, talk, Phrases.Html(talk.Language, "docs.replace.send", name), keyboard, cancellation);
    }

    private static async Task StopAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        await ReplaceDocument.EndAsync(scope, press.From.Id, cancellation);
        await EditAsync(scope, talk, press, Phrases.Html(talk.Language, "kept"), null, cancellation);
    }

    private static async Task AskAsync(UpdateScope scope, KnownConversation talk, long document, CancellationToken cancellation)
    {
        var name = await scope.Transaction.FirstAsync<string>("select name from document where id = @document and removed_at is null", new { document }, cancellation);
        if (name is null)
            return;
        var keyboard = Keyboard.Of([new Button(Phrases.Plain(talk.Language, "button.yes.remove"), Of(document, "yes")), new Button(Phrases.Plain(talk.Language, "button.no"), Of(document, "no"))]);
        await SayAsync(scope, talk, Phrases.Html(talk.Language, "docs.remove.sure", name), keyboard, cancellation);
    }

    private async Task RemoveAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, long document, CancellationToken cancellation)
    {
        if (await RemoveDocument.InsideAsync(scope.Transaction, follower, document, press.From.Id, scope.Now, cancellation) is { } name)
            await EditAsync(scope, talk, press, Phrases.Html(talk.Language, "docs.removed", name), null, cancellation);
    }

    private static Task SayAsync(UpdateScope scope, KnownConversation talk, string html, Keyboard? keyboard, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(html, keyboard)) { Conversation = talk.Id }, cancellation);

    private static Task EditAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, string html, Keyboard? keyboard, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Edit, new Outgoing.EditText(press.MessageId!.Value, html, keyboard)) { Conversation = talk.Id }, cancellation);
}
