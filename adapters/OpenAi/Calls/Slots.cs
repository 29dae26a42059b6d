using Support.Models;

namespace Support.OpenAi.Calls;

/// <summary>How many calls go to one service at a time. As many more wait their turn; who would wait behind them is told at once, and goes on without.</summary>
internal sealed class Slots(int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most);
    private int _waiting;

    /// <exception cref="CallFailedException">Too many wait already.</exception>
    public async Task<Slot> TakeAsync(CancellationToken cancellation)
    {
        if (await _free.WaitAsync(TimeSpan.Zero, CancellationToken.None))
            return new Slot(_free);
        if (Interlocked.Increment(ref _waiting) > most)
        {
            Interlocked.Decrement(ref _waiting);
            throw new CallFailedException(ModelFailure.Unavailable, $"{most} calls of the service are under way and as many wait (Support__Models__MaxConcurrent).");
        }
        try
        {
            await _free.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        return new Slot(_free);
    }

    public void Dispose() => _free.Dispose();
}

/// <summary>The right to one call. A stream keeps it until it ends.</summary>
internal sealed class Slot(SemaphoreSlim free)
{
    private int _isFreed;

    public void Free()
    {
        if (Interlocked.Exchange(ref _isFreed, 1) == 0)
            free.Release();
    }
}
