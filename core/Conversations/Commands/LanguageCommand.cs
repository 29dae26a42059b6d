using Support.Tickets;

namespace Support.Conversations.Commands;

/// <summary>/language: the customer's choice overrides every guess. Where cards go it is the admins' choice too, of what the desk says to them.</summary>
public sealed class LanguageCommand
{
    private const string Prefix = "l:";
    private const string Choose = "update conversation set language = @language, language_chosen = true where id = @conversation";

    private static readonly Keyboard Choice = Keyboard.Of([new Button("English", Prefix + "en"), new Button("Русский", Prefix + "ru")]);

    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(Phrases.Html(talk.Language, "language.choose"), Choice)) { Conversation = talk.Id }, cancellation);
    }

    /// <summary>In the admins' group, where nobody is a customer.</summary>
    public async Task RunForAdminsAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(scope.Transaction, message.From, cancellation);
        var body = scope.Bot.IsAdmin(message.From.Id)
            ? new Outgoing.SendText(Phrases.Html(language, "language.choose"), Choice, Thread: message.Thread)
            : new Outgoing.SendText(Phrases.Html(language, "group.only.owner"), ReplyTo: message.MessageId, Thread: message.Thread);
        await scope.SendAsync(new OutboxMessage(message.Chat.Id, Purposes.Notice, body), cancellation);
    }

    public async Task<bool> PressAsync(UpdateScope scope, Incoming.ButtonPressed press, CancellationToken cancellation)
    {
        if (!press.Data.StartsWith(Prefix, StringComparison.Ordinal) || press.Chat is null)
            return false;
        var language = press.Data[Prefix.Length..];
        if (!Phrases.Languages.Contains(language))
            return false;
        if (press.Chat.Id == scope.Bot.AdminsChat && !scope.Bot.IsAdmin(press.From.Id))
        {
            scope.AnswerButton(press.QueryId, Phrases.Plain(await AdminsLanguage.FindAsync(scope.Transaction, press.From, cancellation), "group.only.owner"));
            return true;
        }
        long? conversation = null;
        if (press.Chat.Id != scope.Bot.AdminsChat)
        {
            conversation = (await ConversationStore.EnsureAsync(scope, press.Chat, press.From, press.Thread, cancellation)).Id;
            await scope.Transaction.ExecuteAsync(Choose, new { language, conversation }, cancellation);
        }
        if (press.Chat.Id == scope.Bot.CardsChat)
            await AdminsLanguage.ChooseAsync(scope, language, press.From.Id, cancellation);
        scope.AnswerButton(press.QueryId, Phrases.Plain(language, "language.set"));
        if (press.MessageId is { } message)
            await scope.SendAsync(new OutboxMessage(press.Chat.Id, Purposes.Edit, new Outgoing.EditText(message, Phrases.Html(language, "language.set"))) { Conversation = conversation }, cancellation);
        return true;
    }
}
