using Support.Conversations;

namespace Support.Tickets;

/// <summary>Says "mine". Of two who press at once one wins, and the other is told who.</summary>
internal static class TakeTicket
{
    // Whoever has just taken it is given the same time as everybody had before.
    private const string Take = "update ticket set state = 'taken', taken_by = @person, remind_from = @now, reminders = 0 where id = @id and state = 'open'";

    public static async Task<Outcome> ByAsync(UpdateScope scope, TicketRow ticket, Colleague person, string language, CancellationToken cancellation)
    {
        if (await scope.Transaction.ExecuteAsync(Take, new { id = ticket.Id, person = person.Id, now = scope.Now }, cancellation) == 1)
        {
            await TicketLog.AddAsync(scope.Transaction, ticket.Id, TicketLog.Taken, person.Id, scope.Now, cancellation);
            return Outcome.Done(Phrases.Plain(language, "ticket.yours", ticket.Number));
        }
        if (ticket.IsClosed)
            return Outcome.Nothing(Phrases.Plain(language, "ticket.closed.by", ticket.Number, ticket.CloserName ?? "?"));
        return Outcome.Nothing(ticket.TakenBy == person.Id
            ? Phrases.Plain(language, "ticket.yours", ticket.Number)
            : Phrases.Plain(language, "ticket.taken.by", ticket.Number, ticket.TakerName ?? "?"));
    }
}
