using Support.Conversations;
using Support.Tickets;

namespace Support.Labels;

/// <summary>Where a member of the staff writes a command or presses a button: a private chat, or the admins' group, where nobody is a customer.</summary>
internal sealed record StaffPlace(long Chat, long? Conversation, long? Thread, string Language)
{
    public static Task<StaffPlace> OfAsync(UpdateScope scope, IncomingMessage message, CancellationToken cancellation) =>
        OfAsync(scope, message.Chat, message.From, message.Thread, cancellation);

    public static async Task<StaffPlace> OfAsync(UpdateScope scope, Chat chat, Sender from, long? thread, CancellationToken cancellation)
    {
        if (chat.Kind != ChatKind.Private)
            return new StaffPlace(chat.Id, null, thread, await AdminsLanguage.FindAsync(scope.Transaction, from, cancellation));
        var talk = await ConversationStore.EnsureAsync(scope, chat, from, thread, cancellation);
        return new StaffPlace(chat.Id, talk.Id, null, talk.Language);
    }

    public Task SendAsync(UpdateScope scope, string html, Keyboard? keyboard, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(Chat, Purposes.Notice, new Outgoing.SendText(html, keyboard, Thread: Thread)) { Conversation = Conversation }, cancellation);

    public Task EditAsync(UpdateScope scope, long message, string html, Keyboard? keyboard, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(Chat, Purposes.Edit, new Outgoing.EditText(message, html, keyboard)) { Conversation = Conversation }, cancellation);
}
