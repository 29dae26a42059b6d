using Microsoft.Extensions.Logging;

namespace Support.Conversations;

/// <summary>
/// Runs what is nice to have beside what must be done: "typing …", the end of a button's spinner. A slow chat service must
/// not hold up the updates behind it, so nobody waits, and when too much is under way the newest is dropped.
/// </summary>
public sealed partial class BestEffort(IMessenger messenger, ILogger<BestEffort> logger)
{
    private const int AtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private int _running;

    public void Run(IReadOnlyList<Func<IMessenger, CancellationToken, ValueTask>> effects)
    {
        if (effects.Count == 0)
            return;
        if (Interlocked.Increment(ref _running) <= AtOnce)
            _ = Task.Run(() => RunAllAsync(effects));
        else
            Interlocked.Decrement(ref _running);
    }

    private async Task RunAllAsync(IReadOnlyList<Func<IMessenger, CancellationToken, ValueTask>> effects)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            foreach (var effect in effects)
                await effect(messenger, patience.Token);
        }
        catch (Exception e)
        {
            Log.Failed(logger, e.GetType().Name);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "A best-effort call failed: {Exception}.")]
        public static partial void Failed(ILogger logger, string exception);
    }
}
