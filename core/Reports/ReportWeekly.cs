using Dapper;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Database;
using Support.Jobs;
using Support.Tenants;
using Support.Tickets;

namespace Support.Reports;

/// <summary>
/// Once a week each company's admins read how the week went. A row for the company and the week is written with the report, so
/// that it goes out once however often and wherever this runs; a company without any traffic gets the row and no report.
/// </summary>
public sealed partial class ReportWeekly(DeskDatabase database, BotDirectory bots, IWorkQueue queue, IOptions<TicketOptions> options, TimeProvider clock, ILogger<ReportWeekly> logger)
{
    private const string WithoutReport = "select * from tenants_without_report(@Monday)";

    /// <summary>Does nothing unless a report is due: from Monday 06:00 UTC on for three days.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (Week.DueAt(clock.GetUtcNow()) is not { } week)
            return;
        IReadOnlyList<Guid> tenants;
        await using (var connection = await database.Source.OpenConnectionAsync(cancellation))
            tenants = (await connection.QueryAsync<Guid>(new CommandDefinition(WithoutReport, new { week.Monday }, cancellationToken: cancellation))).AsList();
        foreach (var tenant in tenants)
        {
            try
            {
                await ReportAsync(new TenantId(tenant), week, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && !DeskDatabase.IsAway(e))
            {
                // One company's report must not cost the others theirs.
                Log.Failed(logger, tenant, e);
            }
        }
    }

    private const string Keep =
        """
        insert into weekly_report (tenant_id, week, figures, sent, made_at) values (@tenant, @monday, @figures::jsonb, @sent, @now)
        on conflict (tenant_id, week) do nothing
        """;

    private async Task ReportAsync(TenantId tenant, Week week, CancellationToken cancellation)
    {
        var (letters, lettersBefore) = (await DeadLettersAsync(tenant, week, cancellation), await DeadLettersAsync(tenant, week.Before, cancellation));
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        var now = clock.GetUtcNow();
        var figures = await WeekFigures.CountAsync(transaction, week, cancellation) with { DeadLetters = letters };
        // Nobody can be reached today; somebody may be tomorrow.
        if (await AdminsPlace.FindAsync(transaction, bots, cancellation) is not { } place)
            return;
        var kept = await transaction.ExecuteAsync(Keep,
            new { tenant = tenant.Value, monday = week.Monday, figures = figures.ToJson(), sent = !figures.IsQuiet, now }, cancellation);
        if (kept == 0)
            return;
        if (!figures.IsQuiet)
        {
            var before = await WeekFigures.KeptAsync(transaction, week.Before, cancellation)
                ?? await WeekFigures.CountAsync(transaction, week.Before, cancellation) with { DeadLetters = lettersBefore };
            await SendAsync(transaction, place, week, figures, before.IsQuiet ? null : before, now, cancellation);
        }
        await transaction.CommitAsync(cancellation);
        foreach (var wakeUp in transaction.WakeUps)
            await queue.PutAsync(wakeUp.Queue, wakeUp.Bytes, wakeUp.Delay, cancellation);
        if (!figures.IsQuiet)
            Log.Reported(logger, tenant, week.Monday);
    }

    private async Task SendAsync(TenantTransaction transaction, AdminsPlace place, Week week, WeekFigures figures, WeekFigures? before, DateTimeOffset now, CancellationToken cancellation)
    {
        var language = await AdminsLanguage.FindAsync(transaction, cancellation);
        var work = await OpenWork.ReadAsync(transaction, options.Value.StaleAfter, now, cancellation);
        var reasons = await CommonReason.ReadAsync(transaction, week, cancellation);
        var html = new ReportText(language, week, figures, before).Html(work, reasons, options.Value.StaleAfter, now);
        await Outbox.AddAsync(transaction, place.Bot.Id, new OutboxMessage(place.Chat, Purposes.Notice, new Outgoing.SendText(html)), now, cancellation);
    }

    private const string Letters = "select count(*) from dead_letter where tenant_id = @tenant and at >= @from and at < @until";

    private async Task<long> DeadLettersAsync(TenantId tenant, Week week, CancellationToken cancellation)
    {
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        return await connection.QuerySingleAsync<long>(new CommandDefinition(Letters, new { tenant = tenant.Value, from = week.From, until = week.Until }, cancellationToken: cancellation));
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The report on the week of {Monday} is on its way to the admins of tenant {Tenant}.")]
        public static partial void Reported(ILogger logger, TenantId tenant, DateOnly monday);

        [LoggerMessage(2, LogLevel.Error, "The weekly report of tenant {Tenant} could not be made; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, Guid tenant, Exception e);
    }
}
