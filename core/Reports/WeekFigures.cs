using System.Text.Json;
using System.Text.Json.Serialization;
using Support.Database;

namespace Support.Reports;

/// <summary>What happened in a week. Kept with the report, so that the next one compares with what was said, whatever customers have had erased since.</summary>
/// <param name="Answered">Questions that the bot answered.</param>
/// <param name="AskedBack">Messages in which it saw no question yet.</param>
/// <param name="HandedOver">Questions that went to a person.</param>
/// <param name="Opened">Tickets, those of customers who called a person by a button or command included.</param>
/// <param name="FirstReplyMinutes">The median; null when no person replied.</param>
/// <param name="Choices">Questions for which the customer was asked which passage is meant.</param>
/// <param name="Chosen">Those of them that were answered once it was chosen.</param>
/// <param name="InDoubt">Messages that may have reached a chat twice.</param>
public sealed record WeekFigures(
    long Answered, long AskedBack, long HandedOver, long Helpful, long Unhelpful, long Opened, long Closed, double? FirstReplyMinutes, long Documents, long InDoubt, long Choices = 0, long Chosen = 0)
{
    public long DeadLetters { get; init; }

    [JsonIgnore] public long Questions => Answered + Choices + AskedBack + HandedOver;

    /// <summary>Nothing that a report would be about.</summary>
    [JsonIgnore] public bool IsQuiet => Questions + Helpful + Unhelpful + Opened + Closed == 0;

    private const string Count =
        """
        select
            (select coalesce(sum(count), 0)::bigint from usage_day where tenant_id = @tenant and day >= @monday and day < @monday + 7 and what = 'answer') as answered,
            (select coalesce(sum(count), 0)::bigint from usage_day where tenant_id = @tenant and day >= @monday and day < @monday + 7 and what = 'ask_back') as asked_back,
            (select coalesce(sum(count), 0)::bigint from usage_day where tenant_id = @tenant and day >= @monday and day < @monday + 7 and what = 'escalate') as handed_over,
            (select count(*) from question where tenant_id = @tenant and answered_at >= @from and answered_at < @until and feedback = 'helpful') as helpful,
            (select count(*) from question where tenant_id = @tenant and answered_at >= @from and answered_at < @until and feedback = 'unhelpful') as unhelpful,
            (select count(*) from ticket where tenant_id = @tenant and opened_at >= @from and opened_at < @until) as opened,
            (select count(*) from ticket where tenant_id = @tenant and closed_at >= @from and closed_at < @until) as closed,
            (select percentile_cont(0.5) within group (order by extract(epoch from first_reply_at - opened_at) / 60)
             from ticket where tenant_id = @tenant and first_reply_at >= @from and first_reply_at < @until) as first_reply_minutes,
            (select count(*) from document d where tenant_id = @tenant and ((removed_at >= @from and removed_at < @until) or exists (
                 select from document_version v where v.document_id = d.id and v.state in ('published', 'superseded', 'removed')
                     and v.indexed_at >= @from and v.indexed_at < @until))) as documents,
            (select count(*) from outbox where tenant_id = @tenant and created_at >= @from and created_at < @until and doubts > 0) as in_doubt,
            (select coalesce(sum(count), 0)::bigint from usage_day where tenant_id = @tenant and day >= @monday and day < @monday + 7 and what = 'choose') as choices,
            (select coalesce(sum(count), 0)::bigint from usage_day where tenant_id = @tenant and day >= @monday and day < @monday + 7 and what = 'chosen') as chosen
        """;

    private const string Kept = "select figures::text from weekly_report where tenant_id = @tenant and week = @monday";

    /// <summary>Without <see cref="DeadLetters"/>, which a tenant's transaction cannot see.</summary>
    public static async Task<WeekFigures> CountAsync(TenantTransaction transaction, Week week, CancellationToken cancellation) =>
        await transaction.FirstAsync<WeekFigures>(Count, new { tenant = transaction.Tenant.Value, monday = week.Monday, from = week.From, until = week.Until }, cancellation)
        ?? throw new InvalidOperationException("Figures are always one row.");

    /// <summary>As it was reported; null when it never was.</summary>
    public static async Task<WeekFigures?> KeptAsync(TenantTransaction transaction, Week week, CancellationToken cancellation) =>
        await transaction.FirstAsync<string>(Kept, new { tenant = transaction.Tenant.Value, monday = week.Monday }, cancellation) is { } json
            ? JsonSerializer.Deserialize(json, ReportJson.Default.WeekFigures)
            : null;

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.WeekFigures);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WeekFigures))]
internal sealed partial class ReportJson : JsonSerializerContext;
