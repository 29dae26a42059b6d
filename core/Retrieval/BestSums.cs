namespace Support.Retrieval;

/// <summary>The <see cref="StageOne.Candidates"/> greatest of sums that only grow.</summary>
internal sealed class BestSums
{
    private readonly float[] _values = new float[StageOne.Candidates];
    private readonly int[] _slots = new int[StageOne.Candidates];
    private int _count;

    /// <summary>So many readable chunks have at least this much; 0 when there are not so many.</summary>
    public float Least { get; private set; }

    /// <summary>Of the last look, in the order of their sums, greatest first.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    public void Clear(float least = 0) => (_count, Least) = (0, least);

    public void Look(IndexSnapshot snapshot, ReadOnlySpan<float> sums, byte leastReader)
    {
        Begin();
        foreach (var placed in snapshot.Segments)
        {
            var readers = placed.Segment.Readers;
            var ofSegment = sums.Slice(placed.Start, readers.Length);
            for (var i = 0; (i = FloatScan.NextAbove(ofSegment, i, Limit)) < ofSegment.Length; i++)
                if (readers[i] >= leastReader)
                    Put(placed.Start + i, ofSegment[i]);
        }
        End();
    }

    /// <summary>The same of one·<paramref name="ofOne"/> + other·<paramref name="ofOther"/>.</summary>
    public void Look(IndexSnapshot snapshot, ReadOnlySpan<float> one, float ofOne, ReadOnlySpan<float> other, float ofOther, byte leastReader)
    {
        Begin();
        foreach (var placed in snapshot.Segments)
        {
            var readers = placed.Segment.Readers;
            var ones = one.Slice(placed.Start, readers.Length);
            var others = other.Slice(placed.Start, readers.Length);
            for (var i = 0; (i = FloatScan.NextAbove(ones, ofOne, others, ofOther, i, Limit)) < ones.Length; i++)
                if (readers[i] >= leastReader)
                    Put(placed.Start + i, ones[i] * ofOne + others[i] * ofOther);
        }
        End();
    }

    // What has exactly the least so far must be found again.
    private float Limit => _count == _values.Length ? _values[^1] : Least > 0 ? MathF.BitDecrement(Least) : 0;

    private void Begin() => _count = 0;

    private void End() => Least = _count == _values.Length ? Math.Max(Least, _values[^1]) : Least;

    private void Put(int slot, float value)
    {
        var at = _count < _values.Length ? _count++ : _count - 1;
        for (; at > 0 && _values[at - 1] < value; at--)
            (_values[at], _slots[at]) = (_values[at - 1], _slots[at - 1]);
        (_values[at], _slots[at]) = (value, slot);
    }
}
