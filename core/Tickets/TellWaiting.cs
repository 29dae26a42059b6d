using Support.Conversations;

namespace Support.Tickets;

/// <summary>A customer whom nobody has answered yet is told once that the question has not got lost.</summary>
internal static class TellWaiting
{
    // Not before the card is on its way: until then the question is with nobody.
    private const string Untold =
        """
        select id from ticket
        where tenant_id = @tenant and bot_id = @bot and waits_since is not null and state <> 'closed'
          and first_reply_at is null and customer_told_at is null and card_chat_id is not null and waits_since + @tell <= @now
        order by id
        for no key update skip locked
        """;

    private const string Mark = "update ticket set customer_told_at = @now where id = @id";

    /// <returns>How many customers.</returns>
    public static async Task<int> InsideAsync(UpdateScope scope, TimeSpan tell, CancellationToken cancellation)
    {
        var tx = scope.Transaction;
        var ids = await tx.QueryAsync<long>(Untold, new { tenant = tx.Tenant.Value, bot = scope.Bot.Id.Value, tell, now = scope.Now }, cancellation);
        foreach (var id in ids)
        {
            await tx.ExecuteAsync(Mark, new { id, now = scope.Now }, cancellation);
            if (await TicketRow.FindAsync(tx, id, cancellation) is not { } ticket || await ToCustomer.IsGoneAsync(scope, ticket, cancellation))
                continue;
            var text = Phrases.Plain(ticket.CustomerLanguage, "still.waiting", ticket.Number);
            await ToCustomer.TextAsync(scope, ticket, Purposes.Notice, text, silent: true, cancellation);
        }
        return ids.Count;
    }
}
