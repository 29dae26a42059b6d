namespace Support.Retrieval.Dense;

/// <summary>The few best of many rows: a heap with the worst on top. Of equal scores the one that came first stays.</summary>
internal sealed class BestRows(int limit)
{
    private readonly ScoredRow[] _heap = new ScoredRow[limit];
    private int _count;

    /// <summary>A score must be above this to be kept.</summary>
    public float Least { get; private set; } = float.NegativeInfinity;

    public void Offer(int row, float score)
    {
        if (!(score > Least))
            return;
        if (_count < limit)
            Rise(new ScoredRow(row, score));
        else
            Sink(new ScoredRow(row, score));
        if (_count == limit)
            Least = _heap[0].Score;
    }

    /// <summary>What was kept, best first; of equal scores the lower row first.</summary>
    public ScoredRow[] ToArray()
    {
        var best = _heap[.._count];
        Array.Sort(best, static (one, other) => one.Score != other.Score ? other.Score.CompareTo(one.Score) : one.Row.CompareTo(other.Row));
        return best;
    }

    private void Rise(ScoredRow one)
    {
        var at = _count++;
        while (at > 0 && IsWorse(one, _heap[(at - 1) / 2]))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        _heap[at] = one;
    }

    private void Sink(ScoredRow one)
    {
        var at = 0;
        while (2 * at + 1 < _count)
        {
            var child = 2 * at + 1;
            if (child + 1 < _count && IsWorse(_heap[child + 1], _heap[child]))
                child++;
            if (!IsWorse(_heap[child], one))
                break;
            _heap[at] = _heap[child];
            at = child;
        }
        _heap[at] = one;
    }

    private static bool IsWorse(ScoredRow one, ScoredRow other) => one.Score < other.Score || one.Score == other.Score && one.Row > other.Row;
}
