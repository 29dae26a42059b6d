using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>When an admins' chat has appeared or changed: the cards of open tickets that have none there, oldest first.</summary>
public sealed class ShowWaiting
{
    // What was to go to the former chat goes to the new one instead.
    private const string DropForFormerChat =
        "delete from outbox where ticket_id = @id and state = 0 and purpose in ('card', 'topic', 'to-admins', 'edit')";

    /// <returns>How many cards are on their way.</returns>
    public async Task<int> InsideAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, CancellationToken cancellation)
    {
        if (await CardsPlace.FindAsync(tx, bot, cancellation) is not { } place)
            return 0;
        var tickets = await TicketRow.WithoutCardInAsync(tx, bot.Id.Value, place.Chat, cancellation);
        foreach (var ticket in tickets)
        {
            await tx.ExecuteAsync(DropForFormerChat, new { id = ticket.Id }, cancellation);
            await BringAsync(tx, bot, now, ticket, place, cancellation);
        }
        return tickets.Count;
    }

    private const string WrittenMeanwhile =
        """
        select message_id, text, medium is not null as has_medium from (
            select * from message where ticket_id = @id and conversation_id = @conversation and direction = 0 order by message_id desc limit 20
        ) last order by message_id
        """;

    /// <summary>The card, and after it what the customer wrote while there was none.</summary>
    internal static async Task BringAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, TicketRow ticket, CardsPlace place, CancellationToken cancellation)
    {
        await TicketCard.PutAsync(tx, bot, now, ticket, place, cancellation);
        var there = await TicketRow.FindAsync(tx, ticket.Id, cancellation) ?? ticket;
        var written = await tx.QueryAsync<WrittenMessage>(WrittenMeanwhile, new { id = ticket.Id, conversation = ticket.ConversationId }, cancellation);
        await Relay.MessagesAsync(tx, bot, now, there, [.. written.Select(w => new CustomerMessage(w.MessageId, w.Text, w.HasMedium, IsEdit: false))], cancellation);
    }

    private sealed record WrittenMessage
    {
        public long MessageId { get; init; }
        public string? Text { get; init; }
        public bool HasMedium { get; init; }
    }
}
