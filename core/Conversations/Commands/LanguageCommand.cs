namespace Support.Conversations.Commands;

/// <summary>/language: the customer's choice overrides every guess.</summary>
public sealed class LanguageCommand
{
    private const string Prefix = "l:";
    private const string Choose = "update conversation set language = @language, language_chosen = true where id = @conversation";

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        var keyboard = Keyboard.Of([new Button("English", Prefix + "en"), new Button("Русский", Prefix + "ru")]);
        await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(Phrases.Html(talk.Language, "language.choose"), keyboard)) { Conversation = talk.Id }, cancellation);
    }

    public async Task<bool> PressAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (!press.Data.StartsWith(Prefix, StringComparison.Ordinal) || press.Chat is null)
            return false;
        var language = press.Data[Prefix.Length..];
        if (!Phrases.Languages.Contains(language))
            return false;
        var talk = await ConversationStore.EnsureAsync(scope, press.Chat, press.From, press.Thread, cancellation);
        await scope.Transaction.ExecuteAsync(Choose, new { language, conversation = talk.Id }, cancellation);
        scope.AnswerButton(press.QueryId, Phrases.Plain(language, "language.set"));
        if (press.MessageId is { } message)
            await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Edit, new Outgoing.EditText(message, Phrases.Html(language, "language.set"))) { Conversation = talk.Id }, cancellation);
        return true;
    }
}
