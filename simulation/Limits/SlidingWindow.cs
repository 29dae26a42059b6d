namespace Support.Simulation;

/// <summary>At most so many in any stretch of time of the given length.</summary>
internal sealed class SlidingWindow(int most, TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _taken = new(most);

    /// <summary>Null when there is room.</summary>
    public TimeSpan? WaitAt(DateTimeOffset now)
    {
        while (_taken.TryPeek(out var oldest) && oldest + length <= now)
            _taken.Dequeue();
        return _taken.Count < most ? null : _taken.Peek() + length - now;
    }

    public void Take(DateTimeOffset now) => _taken.Enqueue(now);
}
