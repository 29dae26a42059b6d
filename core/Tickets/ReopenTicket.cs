using Support.Conversations;
using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>A word to a closed ticket opens it again, unless the conversation has another one open: then that is meant.</summary>
internal static class ReopenTicket
{
    private const string Reopen =
        """
        update ticket set state = case when coalesce(@person, taken_by) is null then 'open' else 'taken' end,
            taken_by = coalesce(@person, taken_by), closed_at = null, closed_by = null
        where id = @id
        """;

    private const string TakeConversation = "update conversation set ticket_id = @id where id = @conversation";

    /// <summary>Under the ticket's lock.</summary>
    /// <param name="taker">Who has it from now on; null leaves it with whoever had it.</param>
    /// <param name="by">Whose word it was.</param>
    /// <returns>The open ticket to use.</returns>
    public static async Task<TicketRow> IfClosedAsync(
        TenantTransaction tx, BotInfo bot, DateTimeOffset now, TicketRow ticket, long? taker, long by, CancellationToken cancellation)
    {
        if (!ticket.IsClosed)
            return ticket;
        if (await TicketRow.FindOpenAsync(tx, ticket.ConversationId, cancellation) is { } other)
            return other;
        await tx.ExecuteAsync(Reopen, new { id = ticket.Id, person = taker }, cancellation);
        await tx.ExecuteAsync(TakeConversation, new { id = ticket.Id, conversation = ticket.ConversationId }, cancellation);
        await TicketLog.AddAsync(tx, ticket.Id, TicketLog.Reopened, by, now, cancellation);
        if (ticket is { CardChatId: { } chat, TopicId: { } topic })
            await Outbox.AddAsync(tx, bot.Id, new OutboxMessage(chat, Purposes.Edit, new Outgoing.ReopenTopic(topic)), now, cancellation);
        await TicketCard.RefreshAsync(tx, bot, now, ticket.Id, pressed: null, cancellation);
        return await TicketRow.FindAsync(tx, ticket.Id, cancellation)
            ?? throw new InvalidOperationException($"Ticket {ticket.Id} vanished inside the transaction that reopened it.");
    }
}
