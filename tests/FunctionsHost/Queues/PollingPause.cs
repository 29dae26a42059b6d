using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Queues;

/// <summary>
/// How long to wait after a queue was found empty: 100 ms the first time after messages, then 100 ms more than the double of
/// the double, up to maxPollingInterval. The real host varies each step by a fifth at random; here the steps are exact.
/// </summary>
internal sealed class PollingPause(TimeSpan longest)
{
    private int _empty;

    public void Found() => _empty = 0;

    public TimeSpan Next()
    {
        var pause = QueueSettings.ShortestPause;
        if (_empty > 0)
            pause += QueueSettings.ShortestPause * Math.Pow(2, _empty - 1);
        if (pause >= longest)
            return longest;
        _empty++;
        return pause;
    }
}
