using System.Text.Json;
using Microsoft.Extensions.Logging;
using Support.Database;
using Support.Tenants;

namespace Support.Jobs;

/// <summary>Runs a handler on a taken job and makes its verdict true on the queue. The boundary where failures are logged, once.</summary>
public sealed partial class JobRunner(IWorkQueue queue, DeadLetters letters, IEnumerable<IBuriedWakeUp> buried, UploadKeys keys, TimeProvider clock, ILogger<JobRunner> logger)
{
    public const int MostAttempts = 8;

    /// <summary>A job whose worker dies each time is ended by this. Generous, because jobs that ran beside it share the count.</summary>
    private const int MostDeaths = 20;

    private static readonly TimeSpan Deadline = TimeSpan.FromHours(24);

    public async Task RunAsync(TakenJob job, Func<TakenJob, CancellationToken, Task<Verdict>> handler, CancellationToken cancellation)
    {
        var verdict = job switch
        {
            { Unreadable: { } why } => new Verdict.GiveUp(why),
            { Deaths: >= MostDeaths } => new Verdict.GiveUp($"{job.Deaths} processes died while they worked on it."),
            _ => await JudgeAsync(job, handler, cancellation),
        };
        switch (verdict)
        {
            case Verdict.Done:
                await queue.CompleteAsync(job, cancellation);
                break;
            case Verdict.Later later when clock.GetUtcNow() - job.PutAt < Deadline:
                await queue.ReturnAsync(job, later.After, counted: false, cancellation);
                break;
            case Verdict.Again again when job.Attempt + 1 < MostAttempts:
                await queue.ReturnAsync(job, again.After, counted: true, cancellation);
                break;
            default:
                await BuryAsync(job, verdict, cancellation);
                break;
        }
    }

    private async Task<Verdict> JudgeAsync(TakenJob job, Func<TakenJob, CancellationToken, Task<Verdict>> handler, CancellationToken cancellation)
    {
        try
        {
            return await handler(job, cancellation);
        }
        catch (Exception e) when (e is OperationCanceledException && cancellation.IsCancellationRequested)
        {
            return new Verdict.Later(TimeSpan.Zero);
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException or DatabaseNotReadyException)
        {
            // Not the job's fault: it is tried until the database is back.
            return new Verdict.Later(WhileAway(job));
        }
        catch (JsonException e)
        {
            Log.Failed(logger, job.Queue, job.Id, job.Attempt, e);
            return new Verdict.GiveUp("The job cannot be read.");
        }
        catch (Exception e)
        {
            Log.Failed(logger, job.Queue, job.Id, job.Attempt, e);
            return new Verdict.Again(TimeSpan.FromSeconds(Math.Min(60, 0.5 * Math.Pow(2, job.Attempt))), e.GetType().Name);
        }
    }

    /// <summary>Each try costs something, too, where thousands wait: the longer it has been away, the longer the pause.</summary>
    private TimeSpan WhileAway(TakenJob job) => TimeSpan.FromSeconds(Math.Clamp((clock.GetUtcNow() - job.PutAt).TotalSeconds / 10, 1, 15));

    /// <summary>For a job that its queue has given up: a dead letter that the admins are told of, and an end for what it was for.</summary>
    public Task GiveUpAsync(TakenJob job, string why, CancellationToken cancellation) => BuryAsync(job, new Verdict.GiveUp(why), cancellation);

    private async Task BuryAsync(TakenJob job, Verdict verdict, CancellationToken cancellation)
    {
        var why = verdict switch
        {
            Verdict.GiveUp giveUp => giveUp.Why,
            Verdict.Again again => $"Tried {job.Attempt + 1} times: {again.Why}",
            _ => "Not done within a day.",
        };
        Log.Buried(logger, job.Queue, job.Id, why);
        await letters.BuryAsync(TenantOf(job) ?? (job.Unreadable is null ? null : keys.Default), job, why, cancellation);
        // What cannot be read stands for nothing that could be settled. Whose it was nobody can say; where there is one company, its admins are told.
        foreach (var one in buried.Where(b => b.Queue == job.Queue && job.Unreadable is null))
            await SettleAsync(one, job, why, cancellation);
        await queue.CompleteAsync(job, cancellation);
    }

    private async Task SettleAsync(IBuriedWakeUp one, TakenJob job, string why, CancellationToken cancellation)
    {
        try
        {
            await one.SettleAsync(job, why, cancellation);
        }
        catch (Exception e) when (e is not (OperationCanceledException or QueueUnavailableException) && !DeskDatabase.IsAway(e))
        {
            // What cannot even be understood stands for nothing that could be settled.
            Log.NotSettled(logger, job.Queue, job.Id, e);
        }
    }

    private static TenantId? TenantOf(TakenJob job)
    {
        if (job.Queue == Queues.Updates)
            return UpdateArrived.Read(job.Body)?.Tenant;
        try
        {
            using var body = JsonDocument.Parse(job.Body);
            return body.RootElement is { ValueKind: JsonValueKind.Object } fields
                && fields.TryGetProperty("tenant", out var tenant) && tenant.ValueKind is JsonValueKind.String && tenant.TryGetGuid(out var id) ? new TenantId(id) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Job {Id} of {Queue} failed at attempt {Attempt}.")]
        public static partial void Failed(ILogger logger, string queue, string id, int attempt, Exception e);

        [LoggerMessage(3, LogLevel.Error, "What job {Id} of {Queue} was for could not be brought to an end.")]
        public static partial void NotSettled(ILogger logger, string queue, string id, Exception e);

        [LoggerMessage(2, LogLevel.Error, "Job {Id} of {Queue} became a dead letter: {Why}")]
        public static partial void Buried(ILogger logger, string queue, string id, string why);
    }
}
