namespace Support.Simulation;

/// <summary>Lets a burst through at once and refills evenly.</summary>
internal sealed class TokenBucket(double capacity, double perSecond, DateTimeOffset start)
{
    private double _taken;
    private DateTimeOffset _at = start;

    /// <summary>Null when a token is there.</summary>
    public TimeSpan? WaitAt(DateTimeOffset now)
    {
        _taken = Math.Max(0, _taken - (Math.Max(0, (now - _at).TotalSeconds) * perSecond));
        _at = now;
        return _taken + 1 <= capacity ? null : TimeSpan.FromSeconds((_taken + 1 - capacity) / perSecond);
    }

    public void Take() => _taken++;
}
