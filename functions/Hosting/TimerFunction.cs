using Support.Database;
using Support.Jobs;

namespace Support.Hosting;

/// <summary>A function that the clock calls. A run that fails is told to the host; the next one comes by itself.</summary>
internal static partial class TimerFunction
{
    /// <param name="app">Where.</param>
    /// <param name="function">The function's folder.</param>
    /// <param name="work">What it does; safe to run twice.</param>
    /// <param name="before">What must be done before this process can do any job.</param>
    public static void Map(WebApplication app, string function, Func<IServiceProvider, CancellationToken, Task> work, Func<IServiceProvider, CancellationToken, Task>? before = null) => app.MapInvocation(function, async context =>
    {
        try
        {
            if (before is not null)
                await before(context.RequestServices, context.RequestAborted);
            await context.RequestServices.GetRequiredService<DeskStart>().JobsAsync(context.RequestAborted);
            await work(context.RequestServices, context.RequestAborted);
            return true;
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is QueueUnavailableException or DatabaseNotReadyException)
        {
            Log.Waits(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(function), function, e.GetType().Name);
            return false;
        }
    });

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Function} waits for its next time: the database or the queue does not answer ({Problem}).")]
        public static partial void Waits(ILogger logger, string function, string problem);
    }
}
