using Microsoft.Extensions.Options;
using Support.Database;
using Support.Functions;
using Support.Ingestion;
using Support.Jobs;
using Support.Models;
using Support.Server.Queue;
using Support.Tenants;

namespace Support.Server.Desk;

/// <summary>
/// What runs behind the HTTP doors: migrations and tenants once the database is there, then the pumps, the sweep and the
/// bots' updates, until the process stops.
/// </summary>
public sealed partial class DeskWork(
    Migrator migrator,
    WorkerInstance instance,
    TryItCompany tryIt,
    IOptions<DeskOptions> desk,
    DeskTenants tenants,
    Readiness readiness,
    UpdateSources updates,
    DeskTimers timers,
    Sweep sweep,
    IWorkQueue queue,
    JobRunner runner,
    QueueSignals signals,
    AcknowledgeFirst first,
    ReceiveUpdateEndpoint receive,
    AnswerQuestionEndpoint answer,
    DeliverReplyEndpoint deliver,
    IndexDocumentEndpoint index,
    TimeProvider clock,
    IModels models,
    IHostApplicationLifetime lifetime,
    ILogger<DeskWork> logger) : BackgroundService
{
    // Each keeps a processor and a connection busy.
    private const int QuestionsAtOnce = 6;

    // Each mostly waits for a model, up to the patience of a question; fewer than come in that time would let the others wait in the queue.
    private const int QuestionsAtOnceWithModels = 512;

    /// <summary>Why the desk could not start, when waiting does not mend it.</summary>
    public string? Refusal { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await StartDeskAsync(stoppingToken))
            return;
        using var updatesPump = Pump(Queues.Updates, 6, receive.RunAsync);
        using var questionsPump = Pump(Queues.Questions, (models.NameOf(ModelRole.Answer) ?? models.NameOf(ModelRole.Rerank)) is null ? QuestionsAtOnce : QuestionsAtOnceWithModels, answer.RunAsync);
        using var repliesPump = Pump(Queues.Replies, 24, deliver.RunAsync);
        using var documentsPump = Pump(Queues.Documents, 1, index.RunAsync);
        Task[] all =
        [
            updatesPump.RunAsync(stoppingToken),
            questionsPump.RunAsync(stoppingToken),
            repliesPump.RunAsync(stoppingToken),
            documentsPump.RunAsync(stoppingToken),
            UntilStoppedAsync(instance.HoldAsync, stoppingToken),
            UntilStoppedAsync(SweepAsync, stoppingToken),
            UntilStoppedAsync(updates.RunAsync, stoppingToken),
            UntilStoppedAsync(timers.RunAsync, stoppingToken),
        ];
        // None of them ends by itself. If one fails all the same, a desk that goes on without it would acknowledge what it never handles: the
        // failure ends the process, which whoever supervises it starts again.
        var ended = await Task.WhenAny(all);
        if (ended.IsFaulted)
        {
            Environment.ExitCode = 1;
            await ended;
        }
        await Task.WhenAll(all);
    }

    private QueuePump Pump(string name, int atOnce, Func<TakenJob, CancellationToken, Task<Verdict>> handler) =>
        new(name, atOnce, handler, queue, runner, signals, first, clock, logger);

    private async Task<bool> StartDeskAsync(CancellationToken stopping)
    {
        var waiting = false;
        while (true)
        {
            try
            {
                await migrator.RunAsync(stopping);
                await instance.StartAsync(stopping);
                await tryIt.SetApartAsync(desk.Value.Tenant, tenants.Bots, stopping);
                await tenants.EnsureAsync(stopping);
                await sweep.RunAsync(TimeSpan.Zero, stopping);
                readiness.Started = true;
                return true;
            }
            catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException)
            {
                // A queue that is away says so itself.
                if (!waiting && e is not QueueUnavailableException)
                    Log.Waiting(logger);
                waiting = true;
                await Task.Delay(TimeSpan.FromMilliseconds(250), clock, stopping);
            }
            catch (Exception e) when (e is DatabaseRefusedException or FormatException or InvalidOperationException or Npgsql.PostgresException)
            {
                Refusal = e.Message;
                await Console.Error.WriteLineAsync("The desk cannot start: " + e.Message);
                lifetime.StopApplication();
                return false;
            }
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        for (var round = 1; ; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stopping);
            try
            {
                if (round % 5 == 0)
                    await sweep.RunAsync(Sweep.Grace, stopping);
                else
                    await sweep.FreeAsync(stopping);
                if (round % 3600 == 0)
                    await sweep.TidyAsync(stopping);
            }
            catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException)
            {
                Log.SweepWaits(logger);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                Log.SweepFailed(logger, e);
            }
        }
    }

    private static async Task UntilStoppedAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped, as asked.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database does not answer yet. Waiting for it.")]
        public static partial void Waiting(ILogger logger);

        [LoggerMessage(2, LogLevel.Debug, "The database is away; the sweep waits.")]
        public static partial void SweepWaits(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The sweep failed; it is tried again with the next round.")]
        public static partial void SweepFailed(ILogger logger, Exception e);
    }
}
