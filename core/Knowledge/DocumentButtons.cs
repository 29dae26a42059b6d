using Support.Conversations;

namespace Support.Knowledge;

/// <summary>Removing a document from /docs: asked once, then done. Only editors' presses count.</summary>
public sealed class DocumentButtons
{
    public async Task<bool> HandleAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (press.Data.Split(':') is not ["d", var id, var action] || !long.TryParse(id, out var document) || press.Chat is null || press.MessageId is null)
            return false;
        scope.AnswerButton(press.QueryId, null);
        if (!scope.Bot.IsEditor(press.From.Id))
            return true;
        var talk = await ConversationStore.EnsureAsync(scope, press.Chat, press.From, press.Thread, cancellation);
        switch (action)
        {
            case "ask": await AskAsync(scope, talk, document, cancellation); break;
            case "yes": await RemoveAsync(scope, talk, press, document, cancellation); break;
            case "no": await EditAsync(scope, talk, press, Phrases.Html(talk.Language, "kept"), cancellation); break;
        }
        return true;
    }

    private static async Task AskAsync(UpdateScope scope, KnownConversation talk, long document, CancellationToken cancellation)
    {
        var name = await scope.Transaction.FirstAsync<string>("select name from document where id = @document and removed_at is null", new { document }, cancellation);
        if (name is null)
            return;
        var keyboard = Keyboard.Of([new Button(Phrases.Plain(talk.Language, "button.yes.remove"), $"d:{document}:yes"), new Button(Phrases.Plain(talk.Language, "button.no"), $"d:{document}:no")]);
        await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(Phrases.Html(talk.Language, "docs.remove.sure", name), keyboard)) { Conversation = talk.Id }, cancellation);
    }

    private static async Task RemoveAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, long document, CancellationToken cancellation)
    {
        if (await RemoveDocument.InsideAsync(scope.Transaction, document, press.From.Id, scope.Now, cancellation) is { } name)
            await EditAsync(scope, talk, press, Phrases.Html(talk.Language, "docs.removed", name), cancellation);
    }

    private static Task EditAsync(UpdateScope scope, KnownConversation talk, Incoming.ButtonPressed press, string html, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Edit, new Outgoing.EditText(press.MessageId!.Value, html)) { Conversation = talk.Id }, cancellation);
}
