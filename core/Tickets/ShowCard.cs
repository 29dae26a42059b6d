using Support.Conversations;

namespace Support.Tickets;

/// <summary>Sends a ticket's card where somebody asked for it from a list.</summary>
internal static class ShowCard
{
    private const string CardIsComing = "select exists (select from outbox where ticket_id = @id and purpose = 'card' and state in (0, 1))";

    /// <returns>The notice for whoever pressed.</returns>
    public static async Task<string> InAsync(UpdateScope scope, TicketRow ticket, Incoming.ButtonPressed press, string language, CancellationToken cancellation)
    {
        if (press.Chat is not { } chat)
            return Phrases.Plain(language, "ticket.outdated");
        if (await scope.Transaction.FirstAsync<bool>(CardIsComing, new { id = ticket.Id }, cancellation))
            return Phrases.Plain(language, "ticket.coming", ticket.Number);

        await TicketLog.AddAsync(scope.Transaction, ticket.Id, TicketLog.Shown, press.From.Id, scope.Now, cancellation);
        // Its card was gathered into a list, or never sent: this is the card now.
        if (!ticket.IsClosed && ticket.CardMessageId is null && await CardsPlace.FindAsync(scope.Transaction, scope.Bot, cancellation) is { } place && place.Chat == chat.Id)
        {
            await ShowWaiting.BringAsync(scope.Transaction, scope.Bot, scope.Now, ticket, place, cancellation);
            return Phrases.Plain(language, place.HasTopics ? "ticket.shown.topic" : "ticket.shown", ticket.Number);
        }
        var card = await TicketCard.RenderAsync(scope.Transaction, ticket, cancellation);
        var copy = new Outgoing.SendText(card.Html, card.Buttons, Thread: press.Thread);
        await scope.SendAsync(new OutboxMessage(chat.Id, Purposes.ToAdmins, copy) { Conversation = ticket.ConversationId, Ticket = ticket.Id }, cancellation);
        return Phrases.Plain(language, "ticket.shown", ticket.Number);
    }
}
