using Support.Conversations;

namespace Support.Tickets;

/// <summary>A customer has everything erased: no card or list keeps their words, and an open ticket ends, which the admins are told.</summary>
public sealed class CloseForForget
{
    // Nothing of the customer's may still leave, and no card may come after it was erased.
    private const string DropWaiting = "delete from outbox where ticket_id = @id and state in (0, 1)";

    /// <summary>Before the conversation's rows are deleted. What it puts into the outbox holds no words of the customer and belongs to no conversation.</summary>
    public async Task InsideAsync(UpdateScope scope, long conversationId, CancellationToken cancellation)
    {
        var tickets = await TicketRow.OfConversationAsync(scope.Transaction, conversationId, cancellation);
        foreach (var ticket in tickets)
        {
            await scope.Transaction.ExecuteAsync(DropWaiting, new { id = ticket.Id }, cancellation);
            var language = await AdminsLanguage.FindAsync(scope.Transaction, ticket.Language, cancellation);
            if (ticket.Card is { } card)
                await scope.SendAsync(new OutboxMessage(card.Chat, Purposes.Edit, new Outgoing.EditText(card.Message, Phrases.Html(language, "forgotten.card", ticket.Number))), cancellation);
            if (ticket.IsClosed)
                continue;
            await CloseTicket.EndAsync(scope, ticket, ticket.CustomerId, TicketLog.Forgotten, cancellation);
            if (ticket.CardChatId is { } chat)
                await scope.SendAsync(Notice(ticket, chat, Phrases.Html(language, "forgotten.ticket", ticket.Number)), cancellation);
            await CloseTicket.CloseTopicAsync(scope, ticket, cancellation);
        }
        await ForgetInLists.RunAsync(scope, tickets, cancellation);
    }

    private static OutboxMessage Notice(TicketRow ticket, long chat, string html) =>
        new(chat, Purposes.Notice, new Outgoing.SendText(html, ReplyTo: ticket.TopicId is null ? ticket.CardMessageId : null, Thread: ticket.TopicId));
}
