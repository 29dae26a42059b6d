namespace Support.Knowledge.Rounds;

/// <summary>How many texts are asked about at once: half as many whenever that was too much, down to one, and more again while it goes well.</summary>
internal sealed class BatchSize(int most)
{
    // A service that was too slow is soon too slow again, and each time costs all of a call's time. A text that is refused has been passed by.
    private const int CallsAfterTimeout = 4;

    private int _callsToGrow = 1;
    private int _calls;
    private int _now = int.MaxValue;

    public int Now => Math.Min(most, _now);

    /// <param name="tried">How many were too much.</param>
    public void Shrink(int tried, bool isTimeout)
    {
        _now = Math.Max(1, tried / 2);
        _calls = 0;
        if (isTimeout)
            _callsToGrow = CallsAfterTimeout;
    }

    /// <summary>A call went well.</summary>
    public void Grow()
    {
        if (++_calls < _callsToGrow)
            return;
        _calls = 0;
        _now = 2 * Now;
        if (_now >= most)
            _callsToGrow = 1;
    }
}
