using Support.Database;

namespace Support.Tickets;

/// <summary>From the customer's words to a person's: while that lasts, <see cref="WatchTickets"/> reminds. A reply, a sent draft or a closing ends it.</summary>
internal static class Waiting
{
    private const string Begin = "update ticket set waits_since = @now, remind_from = @now, reminders = 0 where id = @id and waits_since is null and state <> 'closed'";

    /// <summary>Whoever waits already goes on waiting since then.</summary>
    public static Task BeginAsync(TenantTransaction tx, long ticket, DateTimeOffset now, CancellationToken cancellation) =>
        tx.ExecuteAsync(Begin, new { id = ticket, now }, cancellation);
}
