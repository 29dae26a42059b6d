using Support.Jobs;
using Support.StorageQueue;

namespace Support.Hosting;

/// <summary>What the host gave up, or could not even decode, lies in a queue of its own: it becomes a dead letter, and the admins are told.</summary>
internal static class PoisonFunction
{
    private const string Why = "The Functions host gave it up: it failed, or the process died, each time it was tried.";

    /// <param name="app">Where.</param>
    /// <param name="function">The function's folder.</param>
    /// <param name="queue">The queue that it was put on first.</param>
    public static void Map(WebApplication app, string function, string queue) => app.MapInvocation(function, async context =>
    {
        if (await Envelope.ReadAsync(context.Request.Body, context.RequestAborted) is not { } envelope)
            return false;
        var services = context.RequestServices;
        await services.GetRequiredService<DeskStart>().JobsAsync(context.RequestAborted);
        if (await envelope.JobAsync(services.GetRequiredService<StorageWorkQueue>(), queue, context.RequestAborted) is { } job)
            await services.GetRequiredService<JobRunner>().GiveUpAsync(job, job.Unreadable ?? Why, context.RequestAborted);
        // A poison queue has no poison queue: whatever else goes wrong is tried again for as long as the message lives.
        return true;
    });
}
