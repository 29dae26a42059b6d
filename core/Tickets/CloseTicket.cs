using Support.Conversations;

namespace Support.Tickets;

/// <summary>Gives the conversation back to the bot and says so to the customer.</summary>
internal static class CloseTicket
{
    private const string Close = "update ticket set state = 'closed', closed_at = @now, closed_by = @person, waits_since = null where id = @id and state <> 'closed'";
    private const string FreeConversation = "update conversation set ticket_id = null where id = @conversation and ticket_id = @id";

    public static async Task<Outcome> ByAsync(UpdateScope scope, TicketRow ticket, Colleague person, string language, CancellationToken cancellation)
    {
        if (ticket.IsClosed)
            return Outcome.Nothing(Phrases.Plain(language, "ticket.closed.by", ticket.Number, ticket.CloserName ?? "?"));
        await EndAsync(scope, ticket, person.Id, TicketLog.Closed, cancellation);
        var goodbye = Phrases.Plain(ticket.CustomerLanguage, "closed.customer", ticket.Number);
        await ToCustomer.TextAsync(scope, ticket, Purposes.Notice, goodbye, cancellation);
        return Outcome.Done(Phrases.Plain(language, "ticket.closed", ticket.Number));
    }

    /// <summary>Ends the ticket itself; whom to tell is the caller's concern.</summary>
    public static async Task EndAsync(UpdateScope scope, TicketRow ticket, long person, string kind, CancellationToken cancellation)
    {
        await scope.Transaction.ExecuteAsync(Close, new { id = ticket.Id, person, now = scope.Now }, cancellation);
        await scope.Transaction.ExecuteAsync(FreeConversation, new { id = ticket.Id, conversation = ticket.ConversationId }, cancellation);
        await TicketLog.AddAsync(scope.Transaction, ticket.Id, kind, person, scope.Now, cancellation);
    }

    /// <summary>After the card's last edit: nobody can write into a closed topic.</summary>
    public static async Task CloseTopicAsync(UpdateScope scope, TicketRow ticket, CancellationToken cancellation)
    {
        if (ticket is { CardChatId: { } chat, TopicId: { } topic })
            await scope.SendAsync(new OutboxMessage(chat, Purposes.Edit, new Outgoing.CloseTopic(topic)), cancellation);
    }
}
