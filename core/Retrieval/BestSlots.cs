namespace Support.Retrieval;

/// <summary>Keeps the few best of many: a heap with the worst on top. Scores of 0 are not kept; of equal scores the earlier slot wins, in whatever order they come.</summary>
internal sealed class BestSlots(int limit)
{
    private readonly PriorityQueue<int, (double Score, int Slot)> _worstFirst = new(limit + 1, Order.Instance);
    private int _worstSlot;

    /// <summary>What a score must reach to be kept.</summary>
    public double Least { get; private set; }

    public void Offer(int slot, double score)
    {
        if (score < Least || score <= 0 || score == Least && slot > _worstSlot)
            return;
        if (_worstFirst.Count == limit)
            _worstFirst.Dequeue();
        _worstFirst.Enqueue(slot, (score, slot));
        if (_worstFirst.Count == limit && _worstFirst.TryPeek(out _, out var worst))
            (Least, _worstSlot) = (worst.Score, worst.Slot);
    }

    /// <summary>What was kept, worst first.</summary>
    public List<T> Take<T>(Func<int, double, T> make)
    {
        var taken = new List<T>(_worstFirst.Count);
        while (_worstFirst.TryDequeue(out var slot, out var priority))
            taken.Add(make(slot, priority.Score));
        return taken;
    }

    private sealed class Order : IComparer<(double Score, int Slot)>
    {
        public static readonly Order Instance = new();

        public int Compare((double Score, int Slot) x, (double Score, int Slot) y) =>
            x.Score != y.Score ? x.Score.CompareTo(y.Score) : y.Slot.CompareTo(x.Slot);
    }
}
