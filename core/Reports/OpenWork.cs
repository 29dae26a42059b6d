using Support.Database;

namespace Support.Reports;

/// <summary>What is open at the moment of the report.</summary>
/// <param name="LongestNumber">Of the ticket whose customer waits longest for a person's word; null when nobody waits.</param>
internal sealed record OpenWork(long Open, int? LongestNumber, DateTime? LongestSince)
{
    /// <summary>Tickets that nobody has touched for long, oldest first.</summary>
    public IReadOnlyList<int> Untouched { get; init; } = [];

    private const string Now =
        """
        select (select count(*) from ticket where tenant_id = @tenant and state <> 'closed') as open, longest.number as longest_number, longest.waits_since as longest_since
        from (values (1)) one left join (
            select number, waits_since from ticket where tenant_id = @tenant and waits_since is not null and state <> 'closed' order by waits_since, id limit 1) longest on true
        """;

    private const string NotTouched =
        """
        select number from ticket t
        where tenant_id = @tenant and state <> 'closed' and opened_at < @before
          and not exists (select from ticket_event e where e.ticket_id = t.id and e.at >= @before)
        order by number
        """;

    /// <param name="staleAfter">How long nobody must have touched a ticket for it to be named.</param>
    public static async Task<OpenWork> ReadAsync(TenantTransaction transaction, TimeSpan staleAfter, DateTimeOffset now, CancellationToken cancellation)
    {
        var at = new { tenant = transaction.Tenant.Value, before = now - staleAfter };
        var (work, untouched) = await transaction.QueryTwoAsync<OpenWork, int>(Now, NotTouched, at, cancellation);
        return (work ?? throw new InvalidOperationException("Open work is always one row.")) with { Untouched = untouched };
    }
}
