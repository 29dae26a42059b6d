using Support.Conversations;
using Support.Labels;

namespace Support.Tickets;

/// <summary>A person vouches for the machine's draft: it goes to the customer, once. The only way a draft ever reaches one.</summary>
internal static class SendDraft
{
    private const string Mark =
        """
        update ticket set draft_sent_at = @now, first_reply_at = coalesce(first_reply_at, @now),
            taken_by = case when state = 'open' then @person else taken_by end, state = 'taken', waits_since = null
        where id = @id and state <> 'closed' and draft is not null and draft_sent_at is null
        """;

    public static async Task<Outcome> ByAsync(UpdateScope scope, TicketRow ticket, Colleague person, string language, CancellationToken cancellation)
    {
        if (ticket.IsClosed)
            return Outcome.Nothing(Phrases.Plain(language, "ticket.closed.by", ticket.Number, ticket.CloserName ?? "?"));
        if (ticket.Draft is null)
            return Outcome.Nothing(Phrases.Plain(language, "ticket.no.draft", ticket.Number));
        if (await ToCustomer.IsGoneAsync(scope, ticket, cancellation))
            return Outcome.Nothing(Phrases.Plain(language, "customer.gone", ticket.Number));
        if (await scope.Transaction.ExecuteAsync(Mark, new { id = ticket.Id, person = person.Id, now = scope.Now }, cancellation) == 0)
            return Outcome.Nothing(Phrases.Plain(language, "ticket.draft.already", ticket.Number));
        await ToCustomer.TextAsync(scope, ticket, Purposes.FromAdmin, ticket.Draft, cancellation);
        await LabelTicket.DraftSentAsync(scope, ticket.Id, person.Id, cancellation);
        await TicketLog.AddAsync(scope.Transaction, ticket.Id, TicketLog.DraftSent, person.Id, scope.Now, cancellation);
        return Outcome.Done(Phrases.Plain(language, "ticket.draft.sent", ticket.Number));
    }
}
