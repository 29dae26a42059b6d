using Microsoft.Extensions.Options;
using Support.Database;
using Support.Functions;
using Support.Ingestion;
using Support.Jobs;
using Support.Tickets;

namespace Support.Server.Desk;

/// <summary>
/// What is done by the clock. Each process runs it: reminders and reports are marked where they are put into the outbox, sources
/// are leased, so that several processes do nothing twice.
/// </summary>
public sealed partial class DeskTimers(
    WatchTicketsEndpoint watch, ReportWeeklyEndpoint report, SyncSourcesEndpoint sync, KeepPromisesEndpoint promises, EmbedChunksEndpoint embed, WriteQuestionsEndpoint questions, IOptions<TicketOptions> tickets, TimeProvider clock, ILogger<DeskTimers> logger)
{
    /// <summary>Until it is stopped. One of them that fails beyond what it expects ends them all, and with them the desk.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        // Half of a short time to wait is late enough.
        var watching = TimeSpan.FromTicks(Math.Min(TimeSpan.FromMinutes(1).Ticks, tickets.Value.RemindAfter.Ticks / 2));
        Task[] all =
        [
            EachAsync("watch-tickets", watching, watch.RunAsync, stopping),
            // The handler knows whether a report is due.
            EachAsync("report-weekly", TimeSpan.FromMinutes(10), report.RunAsync, stopping),
            // And each source its own time.
            EachAsync("sync-sources", TimeSpan.FromMinutes(1), sync.RunAsync, stopping),
            // Only companies with labels that came or went, or whose documents changed.
            EachAsync("keep-promises", TimeSpan.FromMinutes(1), promises.RunAsync, stopping),
            // Only companies whose chunks lack vectors; nothing without an embedding model.
            EachAsync("embed-chunks", TimeSpan.FromSeconds(10), embed.RunAsync, stopping),
            // Only companies whose chunks lack questions; nothing without a model named for that.
            EachAsync("write-questions", TimeSpan.FromSeconds(10), questions.RunAsync, stopping),
        ];
        var ended = await Task.WhenAny(all);
        if (ended.IsFaulted)
            await ended;
        await Task.WhenAll(all);
    }

    private async Task EachAsync(string name, TimeSpan pause, Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await run(stopping);
            }
            catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException)
            {
                Log.Waits(logger, name);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.Failed(logger, name, e);
            }
            await Task.Delay(pause, clock, stopping);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The database is away; {Timer} waits.")]
        public static partial void Waits(ILogger logger, string timer);

        [LoggerMessage(2, LogLevel.Error, "{Timer} failed; it is tried again with the next round.")]
        public static partial void Failed(ILogger logger, string timer, Exception e);
    }
}
