using Support.Conversations;
using Support.Database;
using Support.Tenants;

namespace Support.Tickets;

/// <summary>
/// A group takes 20 messages a minute. When cards pile up behind that limit, they become one list; a press on a ticket's
/// button brings its card. Called while deliver-reply holds the chat's lane.
/// </summary>
public sealed class GatherCards
{
    /// <summary>Fewer than this are sooner sent than gathered.</summary>
    private const int Few = 3;

    // Only what surely has not left: neither tried in doubt nor being sent now.
    private const string Waiting =
        """
        select id, ticket_id, purpose, body::text as body from outbox
        where tenant_id = @tenant and bot_id = @bot and chat_id = @chat and state = 0 and doubts = 0 and purpose in ('card', 'topic', 'to-admins', 'digest')
        order by id
        for update
        """;

    private const string Drop = "delete from outbox where id = any(@ids)";

    /// <returns>How many cards were gathered; 0 when there were too few.</returns>
    public async Task<int> InsideAsync(TenantTransaction tx, BotInfo bot, DateTimeOffset now, long chat, CancellationToken cancellation)
    {
        var waiting = await tx.QueryAsync<WaitingRow>(Waiting, new { tenant = tx.Tenant.Value, bot = bot.Id.Value, chat }, cancellation);
        var cards = waiting.Where(r => r is { Purpose: Purposes.Card, TicketId: not null }).Select(r => r.TicketId!.Value).ToHashSet();
        if (cards.Count < Few)
            return 0;

        // A list that still waits is written anew with the new ones. What belongs to a card comes with it, when it is asked for.
        var lists = waiting.Where(r => r.Purpose == Purposes.Digest).ToList();
        var gone = waiting.Where(r => r.Purpose == Purposes.Digest || (r.TicketId is { } ticket && cards.Contains(ticket))).Select(r => r.Id).ToArray();
        await tx.ExecuteAsync(Drop, new { ids = gone }, cancellation);

        long[] tickets = [.. cards.Concat(lists.SelectMany(l => TicketList.TicketsIn(Outbox.Deserialize(l.Body)))).Distinct()];
        var language = await AdminsLanguage.FindAsync(tx, await LanguageOfAsync(tx, tickets, cancellation), cancellation);
        foreach (var list in await TicketList.OfAsync(tx, tickets, "digest", now, cancellation))
        {
            var body = new Outgoing.SendText(list.Html(language), list.Buttons(language));
            await Outbox.AddAsync(tx, bot.Id, new OutboxMessage(chat, Purposes.Digest, body), now, cancellation);
        }
        return cards.Count;
    }

    private const string CommonLanguage = "select language from ticket where id = any(@tickets) group by language order by count(*) desc, language limit 1";

    private static async Task<string> LanguageOfAsync(TenantTransaction tx, long[] tickets, CancellationToken cancellation) =>
        await tx.FirstAsync<string>(CommonLanguage, new { tickets }, cancellation) ?? "en";

    private sealed record WaitingRow
    {
        public long Id { get; init; }
        public long? TicketId { get; init; }
        public string Purpose { get; init; } = "";
        public string Body { get; init; } = "";
    }
}
