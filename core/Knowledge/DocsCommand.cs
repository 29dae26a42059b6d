using Support.Conversations;

namespace Support.Knowledge;

/// <summary>/docs: what the desk knows, a page at a time, with buttons to replace and to remove each document.</summary>
public sealed class DocsCommand
{
    public async Task RunAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation)
    {
        var talk = await ConversationStore.EnsureAsync(scope, message.Chat, message.From, message.Thread, cancellation);
        var page = await DocumentPage.ReadAsync(scope.Transaction, 0, cancellation);
        var body = new Outgoing.SendText(page.Html(talk.Language), page.Buttons(talk.Language));
        await scope.SendAsync(new OutboxMessage(talk.Chat, Purposes.Notice, body) { Conversation = talk.Id }, cancellation);
    }
}
