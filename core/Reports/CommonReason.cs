using Support.Database;

namespace Support.Reports;

/// <summary>Why customers were handed over, the most common reasons first.</summary>
/// <param name="Reason">One of <see cref="Questions.Reasons"/>.</param>
internal sealed record CommonReason(string Reason, long Count)
{
    private const string Five =
        """
        select reason, count(*) as count from ticket
        where tenant_id = @tenant and opened_at >= @from and opened_at < @until
        group by reason order by count(*) desc, reason limit 5
        """;

    public static Task<IReadOnlyList<CommonReason>> ReadAsync(TenantTransaction transaction, Week week, CancellationToken cancellation) =>
        transaction.QueryAsync<CommonReason>(Five, new { tenant = transaction.Tenant.Value, from = week.From, until = week.Until }, cancellation);
}
