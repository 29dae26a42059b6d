namespace Support.Jobs;

/// <summary>
/// While more updates arrive than the machine can answer, the work on them steps back: Telegram repeats what is not acknowledged
/// soon, and a customer who waits a little longer is the smaller harm. It never stops: each pump goes on with a few jobs at a
/// time, in a flood with one after a pause.
/// </summary>
public sealed class AcknowledgeFirst(TimeProvider clock)
{
    /// <summary>Updates a second for each processor above which they cannot all be answered as they come.</summary>
    private const int Answerable = 300;

    /// <summary>So many updates in one commit come only when more arrive than a commit takes time: some thousands a second.</summary>
    private const int Flood = 12;

    private static readonly TimeSpan Remembered = TimeSpan.FromMilliseconds(100);

    // Twenty jobs a second for each queue: a few per cent of a processor.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly double _most = Answerable * Environment.ProcessorCount * Remembered.TotalSeconds;
    private long _floodedAt = long.MinValue;
    private long _keptAt;
    private double _recent;

    public bool IsFlooded
    {
        get
        {
            var at = Volatile.Read(ref _floodedAt);
            return at != long.MinValue && clock.GetElapsedTime(at) < Remembered;
        }
    }

    /// <summary>More arrives than can be answered.</summary>
    public bool IsPressed
    {
        get
        {
            lock (_lock)
                return Recent() > _most;
        }
    }

    /// <summary>So many updates were kept by one commit.</summary>
    public void Kept(int together)
    {
        lock (_lock)
            (_recent, _keptAt) = (Recent() + together, clock.GetTimestamp());
        if (together >= Flood)
            Volatile.Write(ref _floodedAt, clock.GetTimestamp());
    }

    /// <summary>How many of a pump's jobs may run at the same time now.</summary>
    public int PlacesOf(int all) => IsFlooded ? 1 : IsPressed ? Math.Max(1, all / 4) : all;

    /// <summary>For whoever begins work that can wait.</summary>
    public async ValueTask GiveWayAsync(CancellationToken cancellation)
    {
        if (IsFlooded)
            await Task.Delay(Pause, clock, cancellation);
    }

    /// <summary>About the number of updates of the last tenth of a second: each counts less the older it is.</summary>
    private double Recent() => _recent * Math.Exp(-clock.GetElapsedTime(_keptAt) / Remembered);
}
