using Support.Database;
using Support.Jobs;
using Support.StorageQueue;

namespace Support.Hosting;

/// <summary>What the host gave up, or could not even decode, lies in a queue of its own: it becomes a dead letter, and the admins are told.</summary>
internal static class PoisonFunction
{
    private static readonly TimeSpan WhileAway = TimeSpan.FromSeconds(30);

    private const string Why = "The Functions host gave it up: it failed, or the process died, each time it was tried.";

    /// <param name="app">Where.</param>
    /// <param name="function">The function's folder.</param>
    /// <param name="queue">The queue that it was put on first.</param>
    public static void Map(WebApplication app, string function, string queue) => app.MapInvocation(function, async context =>
    {
        if (await Envelope.ReadAsync(context.Request.Body, context.RequestAborted) is not { } envelope)
            return false;
        var services = context.RequestServices;
        var jobs = services.GetRequiredService<StorageWorkQueue>();
        try
        {
            await services.GetRequiredService<DeskStart>().JobsAsync(CancellationToken.None);
            if (await envelope.JobAsync(jobs, queue, CancellationToken.None) is { } job)
                await services.GetRequiredService<JobRunner>().GiveUpAsync(job, job.Unreadable ?? Why, CancellationToken.None);
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is DatabaseNotReadyException)
        {
            // A poison queue has no poison queue: after twenty failures the host would leave the message where it is, and nobody would hear of it.
            await jobs.PutUnreadAsync(queue + "-poison", envelope.Text, WhileAway, CancellationToken.None);
        }
        return true;
    });
}
