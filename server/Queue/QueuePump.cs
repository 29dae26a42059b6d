using Support.Database;
using Support.Jobs;

namespace Support.Server.Queue;

/// <summary>Takes jobs of one queue as they become due and runs so many at once: what the Functions host does elsewhere.</summary>
public sealed partial class QueuePump(string queue, int atOnce, Func<TakenJob, CancellationToken, Task<Verdict>> handler, IWorkQueue jobs, JobRunner runner, QueueSignals signals, AcknowledgeFirst first, TimeProvider clock, ILogger logger)
    : IDisposable
{
    /// <summary>For jobs that another process has put.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _free = new(atOnce);
    private readonly SemaphoreSlim _ended = new(0);

    /// <summary>Until it is stopped; then waits for what runs.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
                await PumpOnceAsync(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            for (var i = 0; i < atOnce; i++)
                await _free.WaitAsync(CancellationToken.None);
        }
    }

    private async Task PumpOnceAsync(CancellationToken stopping)
    {
        await first.GiveWayAsync(stopping);
        var places = await PlacesAsync(stopping);
        var taken = await TakeAsync(places, stopping);
        foreach (var job in taken)
        {
            await _free.WaitAsync(CancellationToken.None);
            // Begun here, not on another thread: handlers see jobs in the order in which they were taken.
            _ = RunAsync(job, stopping);
        }
        if (taken.Count < places)
            await signals.WaitAsync(queue, Poll, stopping);
    }

    /// <summary>How many jobs may be begun, once that is at least one. Only this loop takes places, so they stay free.</summary>
    private async Task<int> PlacesAsync(CancellationToken stopping)
    {
        while (true)
        {
            var running = atOnce - _free.CurrentCount;
            if (first.PlacesOf(atOnce) - running is > 0 and var places)
                return places;
            // Looked at again soon: the pressure may be over before the job that runs.
            await _ended.WaitAsync(TimeSpan.FromMilliseconds(50), stopping);
        }
    }

    private async Task<IReadOnlyList<TakenJob>> TakeAsync(int most, CancellationToken stopping)
    {
        try
        {
            return await jobs.TakeAsync(queue, most, LocalWorkQueue.Hidden, stopping);
        }
        catch (Exception e) when (IsAway(e))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), clock, stopping);
            return [];
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            // A full disk, a deadlock: the rows are where they were.
            Log.NotTaken(logger, queue, e);
            await Task.Delay(TimeSpan.FromSeconds(1), clock, stopping);
            return [];
        }
    }

    private async Task RunAsync(TakenJob job, CancellationToken stopping)
    {
        try
        {
            await runner.RunAsync(job, handler, stopping);
        }
        catch (Exception e) when (IsAway(e) || e is OperationCanceledException)
        {
            // Its verdict could not be kept: the job comes back, and its handler finds what is done.
            Log.ComesBack(logger, queue, job.Id);
        }
        catch (Exception e)
        {
            Log.Lost(logger, queue, job.Id, e);
        }
        finally
        {
            _free.Release();
            if (_ended.CurrentCount == 0)
                _ended.Release();
        }
    }

    /// <summary>The database or the queue's own service. Whoever owns the way to it says so in the log.</summary>
    private static bool IsAway(Exception e) => DeskDatabase.IsAway(e) || e is QueueUnavailableException;

    public void Dispose()
    {
        _free.Dispose();
        _ended.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "The database or the queue is away; job {Id} of {Queue} will come back.")]
        public static partial void ComesBack(ILogger logger, string queue, string id);

        [LoggerMessage(3, LogLevel.Error, "No job could be taken from {Queue}; it is tried again.")]
        public static partial void NotTaken(ILogger logger, string queue, Exception e);

        [LoggerMessage(2, LogLevel.Error, "The verdict on job {Id} of {Queue} could not be kept; the job will come back.")]
        public static partial void Lost(ILogger logger, string queue, string id, Exception e);
    }
}
