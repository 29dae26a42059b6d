using System.Collections.Concurrent;

namespace Support.Jobs;

/// <summary>Tells the pumps of this process that a queue has something due, at once or after a delay, so that nobody has to poll quickly.</summary>
public sealed class QueueSignals(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _signals = new();

    public void Raise(string queue, TimeSpan after)
    {
        if (after > TimeSpan.Zero)
            _ = RaiseLaterAsync(queue, after);
        else
            Raise(queue);
    }

    /// <summary>Returns when the queue was signalled, or after <paramref name="atMost"/>.</summary>
    public async Task WaitAsync(string queue, TimeSpan atMost, CancellationToken cancellation) =>
        await Of(queue).WaitAsync(atMost, cancellation);

    private async Task RaiseLaterAsync(string queue, TimeSpan after)
    {
        // A little late is right, a little early would find nothing due.
        await Task.Delay(after + TimeSpan.FromMilliseconds(2), clock);
        Raise(queue);
    }

    private void Raise(string queue)
    {
        var signal = Of(queue);
        if (signal.CurrentCount == 0)
            signal.Release();
    }

    private SemaphoreSlim Of(string queue) => _signals.GetOrAdd(queue, static _ => new SemaphoreSlim(0));
}
