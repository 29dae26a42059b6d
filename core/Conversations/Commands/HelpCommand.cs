namespace Support.Conversations.Commands;

/// <summary>/help: what the desk does, and more of it for those who may do more.</summary>
public sealed class HelpCommand
{
    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        var html = Phrases.Html(talk.Language, "help");
        if (scope.Bot.IsAdmin(message.From.Id) || scope.Bot.IsEditor(message.From.Id))
            html += Phrases.Html(talk.Language, "help.staff");
        if (scope.Bot.IsOwner(message.From.Id))
            html += Phrases.Html(talk.Language, "help.owner");
        await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, new Outgoing.SendText(html, Thread: message.Thread)) { Conversation = talk.Id }, cancellation);
    }
}
