namespace Support.Jobs;

/// <summary>
/// Updates that this process has just kept and handles itself: their rows are written as taken already, which spares PostgreSQL
/// the search and a second version of each row. Only while nothing older waits in the rows below, so that none is overtaken.
/// </summary>
internal sealed class OwnUpdates
{
    /// <summary>About a kilobyte each. More than this is a backlog, and that belongs into PostgreSQL.</summary>
    private const int Most = 256;

    private readonly Lock _lock = new();
    private readonly Queue<TakenJob> _jobs = new();
    private bool _isOpen;
    private int _promised;
    private int _goingBelow;
    private long _wentBelow;

    /// <summary>True: the next update may be kept as taken, and <see cref="Add"/> or <see cref="GiveUp"/> must follow. False: it goes below, and <see cref="WentBelow"/> must follow.</summary>
    public bool Promise()
    {
        lock (_lock)
        {
            _isOpen = _isOpen && _jobs.Count + _promised < Most;
            if (_isOpen)
                _promised++;
            else
                _goingBelow++;
            return _isOpen;
        }
    }

    public void Add(TakenJob job)
    {
        lock (_lock)
        {
            _promised--;
            _jobs.Enqueue(job);
        }
    }

    public void GiveUp()
    {
        lock (_lock)
            _promised--;
    }

    public void WentBelow()
    {
        lock (_lock)
        {
            _goingBelow--;
            _wentBelow++;
        }
    }

    public List<TakenJob> Take(int most)
    {
        var taken = new List<TakenJob>();
        lock (_lock)
        {
            while (taken.Count < most && _jobs.TryDequeue(out var job))
                taken.Add(job);
        }
        return taken;
    }

    /// <summary>What is below may be taken now: nothing older is on its way here. Null when not yet.</summary>
    public long? BeginLook()
    {
        lock (_lock)
            return _isOpen || _jobs.Count + _promised == 0 ? _wentBelow : null;
    }

    /// <summary>Nothing more is below, seen by a look that began at <paramref name="begun"/>.</summary>
    public void NothingBelow(long begun)
    {
        lock (_lock)
            _isOpen = _isOpen || (_goingBelow == 0 && _wentBelow == begun);
    }
}
