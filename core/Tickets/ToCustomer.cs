using Support.Conversations;

namespace Support.Tickets;

/// <summary>What leaves a ticket for its customer. In a group it replies to what the customer wrote last.</summary>
internal static class ToCustomer
{
    private const string Gone = "select gone_since is not null from chat where tenant_id = @tenant and bot_id = @bot and id = @chat";

    /// <summary>The customer has blocked the bot or the group is gone: whoever answers must know.</summary>
    public static Task<bool> IsGoneAsync(UpdateScope scope, TicketRow ticket, CancellationToken cancellation) =>
        scope.Transaction.FirstAsync<bool>(Gone, new { tenant = scope.Transaction.Tenant.Value, bot = scope.Bot.Id.Value, chat = ticket.CustomerChatId }, cancellation);

    /// <param name="text">Plain text.</param>
    public static Task TextAsync(UpdateScope scope, TicketRow ticket, string purpose, string text, CancellationToken cancellation) =>
        TextAsync(scope, ticket, purpose, text, silent: false, cancellation);

    /// <param name="silent">The customer's telephone does not ring for it.</param>
    /// <inheritdoc cref="TextAsync(UpdateScope, TicketRow, string, string, CancellationToken)"/>
    public static async Task TextAsync(UpdateScope scope, TicketRow ticket, string purpose, string text, bool silent, CancellationToken cancellation)
    {
        var replyTo = await LastMessageAsync(scope, ticket, cancellation);
        foreach (var part in MessageSplitter.Split(Html.Escape(text)))
            await PutAsync(scope, ticket, purpose, new Outgoing.SendText(part, ReplyTo: replyTo, Thread: ticket.CustomerThreadId, Silent: silent), cancellation);
    }

    public static async Task CopyAsync(UpdateScope scope, TicketRow ticket, MessageRef original, CancellationToken cancellation)
    {
        var replyTo = await LastMessageAsync(scope, ticket, cancellation);
        await PutAsync(scope, ticket, Purposes.FromAdmin, new Outgoing.CopyMessage(original.Chat, original.Message, replyTo, ticket.CustomerThreadId), cancellation);
    }

    private const string Last =
        "select max(message_id) from message where conversation_id = @conversation and chat_id = @chat and direction = 0";

    private static async Task<long?> LastMessageAsync(UpdateScope scope, TicketRow ticket, CancellationToken cancellation) =>
        ticket.AskedInGroup
            ? await scope.Transaction.FirstAsync<long?>(Last, new { conversation = ticket.ConversationId, chat = ticket.CustomerChatId }, cancellation)
            : null;

    private static Task PutAsync(UpdateScope scope, TicketRow ticket, string purpose, Outgoing body, CancellationToken cancellation) =>
        scope.SendAsync(new OutboxMessage(ticket.CustomerChatId, purpose, body) { Conversation = ticket.ConversationId, Ticket = ticket.Id }, cancellation);
}
