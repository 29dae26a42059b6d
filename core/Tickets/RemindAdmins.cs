using Support.Conversations;
using Support.Database;

namespace Support.Tickets;

/// <summary>
/// One message where cards go for all tickets whose time has come: as a reply to the card if it is one ticket, else as a list.
/// Whoever took a ticket is called by name.
/// </summary>
internal static class RemindAdmins
{
    // What has waited half its time by now joins the list, so that ten tickets that came one after another do not ring ten times.
    // A ticket that somebody works on at this very moment is passed over until the next round.
    private const string Waiting =
        """
        select t.id, t.conversation_id, t.number, t.state, t.reason, left(t.question, 200) as question, t.reminders, t.card_chat_id, t.card_message_id, t.topic_id,
               case when t.state = 'taken' then t.taken_by end as taker_id, coalesce(taker.name, '') as taker_name, coalesce(customer.name, '') as customer_name,
               (extract(epoch from @now - t.waits_since) / 60)::int as minutes,
               reminder_due(t.remind_from, t.reminders, @first) <= @now as is_due
        from ticket t
        join conversation c on c.id = t.conversation_id
        left join person customer on customer.tenant_id = t.tenant_id and customer.id = c.person_id
        left join person taker on taker.tenant_id = t.tenant_id and taker.id = t.taken_by
        where t.tenant_id = @tenant and t.bot_id = @bot and t.waits_since is not null and t.state <> 'closed'
          and t.remind_from + (reminder_due(t.remind_from, t.reminders, @first) - t.remind_from) / 2 <= @now
        order by t.id
        for no key update of t skip locked
        """;

    private const string Mark = "update ticket set reminders = reminders + 1, remind_from = @now where id = any(@ids)";

    /// <returns>Of how many tickets.</returns>
    public static async Task<int> InsideAsync(UpdateScope scope, CardsPlace place, TimeSpan first, CancellationToken cancellation)
    {
        var tx = scope.Transaction;
        var tickets = await tx.QueryAsync<WaitingTicket>(Waiting, new { tenant = tx.Tenant.Value, bot = scope.Bot.Id.Value, now = scope.Now, first }, cancellation);
        if (!tickets.Any(t => t.IsDue))
            return 0;
        await tx.ExecuteAsync(Mark, new { ids = tickets.Select(t => t.Id).ToArray(), now = scope.Now }, cancellation);
        var language = await AdminsLanguage.FindAsync(tx, cancellation);
        // The first reminder rings. Who was reminded before knows; what comes after waits quietly to be seen, at night as well.
        var silent = tickets.All(t => t.Reminders > 0);
        await scope.SendAsync(tickets is [var only] && only.HasCardIn(place) ? OnCard(only, place, language, silent) : AsList(tickets, place, language, silent), cancellation);
        return tickets.Count;
    }

    private static OutboxMessage OnCard(WaitingTicket ticket, CardsPlace place, string language, bool silent)
    {
        var time = Durations.Html(language, TimeSpan.FromMinutes(ticket.Minutes));
        var html = Phrases.Html(language, "reminder", ticket.Number, time);
        if (ticket.TakerId is { } taker)
            html = $"{Mention.Html(taker, Excerpt.Plain(ticket.TakerName, 40))}: {html}";
        var inTopic = ticket.TopicId is not null;
        return new OutboxMessage(place.Chat, Purposes.ToAdmins, new Outgoing.SendText(html, ReplyTo: inTopic ? null : ticket.CardMessageId, Silent: silent))
        {
            Conversation = ticket.ConversationId,
            Ticket = ticket.Id,
            InTopic = inTopic,
        };
    }

    private static OutboxMessage AsList(IReadOnlyList<WaitingTicket> tickets, CardsPlace place, string language, bool silent)
    {
        var list = new TicketList([.. tickets.OrderByDescending(t => t.Minutes).Take(TicketList.Most)], "reminder.list", tickets.Count);
        return new OutboxMessage(place.Chat, Purposes.Digest, new Outgoing.SendText(list.Html(language), list.Buttons(language), Silent: silent));
    }
}

internal sealed record WaitingTicket : TicketLine
{
    public long ConversationId { get; init; }
    public int Reminders { get; init; }
    public long? CardChatId { get; init; }
    public long? CardMessageId { get; init; }
    public long? TopicId { get; init; }
    public bool IsDue { get; init; }

    /// <summary>There is something in this chat that a reminder can hang on.</summary>
    public bool HasCardIn(CardsPlace place) => CardChatId == place.Chat && (CardMessageId ?? TopicId) is not null;
}
