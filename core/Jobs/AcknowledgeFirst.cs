namespace Support.Jobs;

/// <summary>
/// While a flood of updates waits to be kept, the work on them steps back: Telegram repeats what is not acknowledged soon,
/// and a customer who waits a little longer is the smaller harm. It never stops: each pump goes on with one job at a time.
/// </summary>
public sealed class AcknowledgeFirst(TimeProvider clock)
{
    /// <summary>So many updates in one commit come only when more arrive than a commit takes time: some thousands a second.</summary>
    private const int Flood = 12;

    private static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(100);

    // Twenty jobs a second for each queue: a few per cent of a processor.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private long _floodedAt = long.MinValue;

    public bool IsFlooded
    {
        get
        {
            var at = Volatile.Read(ref _floodedAt);
            return at != long.MinValue && clock.GetElapsedTime(at) < Remembered;
        }
    }

    /// <summary>So many updates were kept by one commit.</summary>
    public void Kept(int together)
    {
        if (together >= Flood)
            Volatile.Write(ref _floodedAt, clock.GetTimestamp());
    }

    /// <summary>For whoever begins work that can wait.</summary>
    public async ValueTask GiveWayAsync(CancellationToken cancellation)
    {
        if (IsFlooded)
            await Task.Delay(Pause, clock, cancellation);
    }
}
