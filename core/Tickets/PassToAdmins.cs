using Support.Database;
using Support.Questions;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>While a ticket is open, what the customer writes goes to the people, and the bot says nothing.</summary>
public sealed class PassToAdmins
{
    public async Task InsideAsync(
        TenantTransaction tx, BotInfo bot, DateTimeOffset now, long ticketId, ConversationRef conversation, IReadOnlyList<CustomerMessage> messages, CancellationToken cancellation)
    {
        var ticket = await TicketRow.LockAsync(tx, ticketId, cancellation)
            ?? throw new InvalidOperationException($"Ticket {ticketId} is not in the memory of tenant {tx.Tenant}, so nothing can be passed to it.");
        // Closed in the moment between the caller's look and this lock: these words were written to a person, so a person gets them.
        ticket = await ReopenTicket.IfClosedAsync(tx, bot, now, ticket, taker: null, conversation.Person, cancellation);
        await Relay.BelongToAsync(tx, ticket, bot, [.. messages.Select(m => m.MessageId)], cancellation);
        await Relay.MessagesAsync(tx, bot, now, ticket, messages, cancellation);
        await TicketLog.AddAsync(tx, ticket.Id, TicketLog.CustomerWrote, conversation.Person, now, cancellation);
        if (!messages.All(IsThanks))
            await Waiting.BeginAsync(tx, ticket.Id, now, cancellation);
    }

    /// <summary>Waits for no answer.</summary>
    private static bool IsThanks(CustomerMessage message) => message is { HasMedium: false, Text: { } text } && SmallTalk.Reply(text) == "welcome";
}
