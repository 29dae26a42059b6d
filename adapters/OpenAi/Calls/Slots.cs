namespace Support.OpenAi.Calls;

/// <summary>How many calls go to one service at a time. Others wait their turn.</summary>
internal sealed class Slots(int most) : IDisposable
{
    private readonly SemaphoreSlim _free = new(most);

    public async Task<Slot> TakeAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
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
