using Support.Database;
using Support.Jobs;
using Support.StorageQueue;

namespace Support.Hosting;

/// <summary>A function that works off a queue: decodes the envelope, calls the handler, and makes its verdict true on the queue.</summary>
internal sealed partial class QueueFunction(string queue, StorageWorkQueue jobs, JobRunner runner, DeskStart start, ILogger<QueueFunction> logger)
{
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(15);

    /// <param name="app">Where.</param>
    /// <param name="function">The function's folder.</param>
    /// <param name="queue">One of <see cref="Queues.All"/>.</param>
    /// <param name="handler">Taken from the services when the first job comes.</param>
    public static void Map(WebApplication app, string function, string queue, Func<IServiceProvider, Func<TakenJob, CancellationToken, Task<Verdict>>> handler)
    {
        var made = new Lazy<(QueueFunction Function, Func<TakenJob, CancellationToken, Task<Verdict>> Handler)>(() =>
            (ActivatorUtilities.CreateInstance<QueueFunction>(app.Services, queue), handler(app.Services)));
        app.MapInvocation(function, context => made.Value.Function.RunAsync(context, made.Value.Handler));
    }

    private async Task<bool> RunAsync(HttpContext context, Func<TakenJob, CancellationToken, Task<Verdict>> handler)
    {
        if (await Envelope.ReadAsync(context.Request.Body, context.RequestAborted) is not { } envelope)
        {
            Log.NoEnvelope(logger, queue);
            return false;
        }
        try
        {
            // The host cancels nothing: it waits, or kills the process.
            if (await ReadAsync(envelope) is { } job)
                await runner.RunAsync(job, async (taken, cancellation) =>
                {
                    await start.JobsAsync(cancellation);
                    return await handler(taken, cancellation);
                }, CancellationToken.None);
            return true;
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException or OperationCanceledException)
        {
            // What it came to could not be kept: the host gives the message to somebody again, and the handler finds what is done.
            Log.ComesBack(logger, queue, envelope.Id, e.GetType().Name);
            return false;
        }
    }

    /// <returns>Null when there is nothing to do: it was done before, or its body cannot be read now and it is put again.</returns>
    private async Task<TakenJob?> ReadAsync(Envelope envelope)
    {
        try
        {
            return await envelope.JobAsync(jobs, queue, CancellationToken.None);
        }
        catch (Exception e) when (DeskDatabase.IsAway(e))
        {
            // As a failure it would be poison after twenty times, and an outage of the database is none of its own.
            await jobs.PutUnreadAsync(queue, envelope.Text, WhileAway, CancellationToken.None);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "What was sent to the function of queue {Queue} is no envelope of the Functions host.")]
        public static partial void NoEnvelope(ILogger logger, string queue);

        [LoggerMessage(2, LogLevel.Warning, "Message {Id} of {Queue} comes back: what became of it could not be kept ({Problem}).")]
        public static partial void ComesBack(ILogger logger, string queue, string id, string problem);
    }
}
