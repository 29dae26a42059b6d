using Support.Database;
using Support.Questions;

namespace Support.Knowledge;

/// <summary>A question that went to people because the documents did not answer it.</summary>
/// <param name="Id">The ticket's.</param>
/// <param name="Number">The ticket's number, as the admins see it.</param>
internal sealed record HandedOver(long Id, int Number, string State, string Question)
{
    private static readonly TimeSpan Looked = TimeSpan.FromDays(30);

    private static readonly string[] ForWantOfDocuments = [Reasons.NothingFound, Reasons.LowConfidence];

    /// <summary>Whoever asked it: of several who asked the same one is enough.</summary>
    public string Asked => Question.Trim();

    public bool IsOpen => State != "closed";

    // By number, which the tenant's tickets are found by: however many there are, only the newest are looked at.
    private const string Newest =
        """
        select id, number, state, question from (
            select id, number, state, question, reason, opened_at, told_answerable from ticket where tenant_id = @tenant order by number desc limit 1000) newest
        where reason = any(@reasons) and opened_at > @since and not (@untold and told_answerable)
        order by number desc limit 200
        """;

    /// <summary>Those of the last 30 days, newest first, 200 at most.</summary>
    public static Task<IReadOnlyList<HandedOver>> ReadAsync(TenantTransaction transaction, DateTimeOffset now, CancellationToken cancellation) =>
        ReadAsync(transaction, now, untold: false, cancellation);

    /// <summary>Of those, the ones that the editors were not told of yet.</summary>
    public static Task<IReadOnlyList<HandedOver>> ReadUntoldAsync(TenantTransaction transaction, DateTimeOffset now, CancellationToken cancellation) =>
        ReadAsync(transaction, now, untold: true, cancellation);

    private static Task<IReadOnlyList<HandedOver>> ReadAsync(TenantTransaction transaction, DateTimeOffset now, bool untold, CancellationToken cancellation) =>
        transaction.QueryAsync<HandedOver>(Newest, new { tenant = transaction.Tenant.Value, reasons = ForWantOfDocuments, since = now - Looked, untold }, cancellation);

    private const string MarkTold =
        """
        update ticket t set told_answerable = true
        from (select id from ticket where tenant_id = @tenant and id = any(@tickets) order by id for update) told where t.id = told.id
        """;

    public static Task MarkToldAsync(TenantTransaction transaction, IEnumerable<HandedOver> told, CancellationToken cancellation) =>
        transaction.ExecuteAsync(MarkTold, new { tenant = transaction.Tenant.Value, tickets = told.Select(one => one.Id).ToArray() }, cancellation);

    // The number stands in a button's data, which anybody's client may make up: an editor is shown no ticket but these.
    private const string One = "select id, number, state, question from ticket where tenant_id = @tenant and id = @ticket and reason = any(@reasons)";

    public static Task<HandedOver?> FindAsync(TenantTransaction transaction, long ticket, CancellationToken cancellation) =>
        transaction.FirstAsync<HandedOver>(One, new { tenant = transaction.Tenant.Value, ticket, reasons = ForWantOfDocuments }, cancellation);
}
