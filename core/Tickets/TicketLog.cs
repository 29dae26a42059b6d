using Support.Database;

namespace Support.Tickets;

/// <summary>What happened to a ticket, for its history and for the audit. Ids only: the audit outlives what a customer has erased.</summary>
internal static class TicketLog
{
    public const string Opened = "opened";
    public const string Added = "added";
    public const string CustomerWrote = "customer_wrote";
    public const string Taken = "taken";
    public const string Replied = "replied";
    public const string DraftSent = "draft_sent";
    public const string Closed = "closed";
    public const string Reopened = "reopened";
    public const string Forgotten = "forgotten";
    public const string Shown = "shown";

    private const string Insert =
        """
        with event as (
            insert into ticket_event (tenant_id, ticket_id, kind, person_id, at) values (@tenant, @ticket, @kind, @person, @now)
        )
        insert into audit (tenant_id, at, person_id, action, subject) values (@tenant, @now, @person, 'ticket.' || @kind, 'ticket ' || @ticket)
        """;

    public static Task AddAsync(TenantTransaction transaction, long ticket, string kind, long person, DateTimeOffset now, CancellationToken cancellation) =>
        transaction.ExecuteAsync(Insert, new { tenant = transaction.Tenant.Value, ticket, kind, person, now }, cancellation);
}
