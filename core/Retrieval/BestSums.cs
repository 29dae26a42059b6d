namespace Support.Retrieval;

/// <summary>The <see cref="StageOne.Candidates"/> greatest of sums that only grow, by the segments that were looked at.</summary>
internal sealed class BestSums
{
    private readonly float[] _values = new float[StageOne.Candidates];
    private readonly int[] _slots = new int[StageOne.Candidates];
    private int _count;

    /// <summary>So many readable chunks have at least this much; 0 when there are not so many.</summary>
    public float Least { get; private set; }

    /// <summary>Greatest sum first.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    // What has exactly the least so far must be found again.
    private float Limit => _count == _values.Length ? _values[^1] : Least > 0 ? MathF.BitDecrement(Least) : 0;

    /// <param name="least">So many chunks are known to have at least this.</param>
    public void Clear(float least = 0) => (_count, Least) = (0, least);

    /// <summary>Takes up what the segment's sums are now.</summary>
    /// <param name="blocks">See <see cref="BlockMaxima"/>.</param>
    public void Look(PlacedSegment placed, ReadOnlySpan<float> sums, ReadOnlySpan<float> blocks, byte leastReader)
    {
        Forget(placed);
        var readers = placed.Segment.Readers;
        for (var block = 0; block < blocks.Length; block++)
        {
            if (blocks[block] <= Limit)
                continue;
            var first = block * BlockMaxima.Size;
            for (var i = first; i < Math.Min(readers.Length, first + BlockMaxima.Size); i++)
                if (sums[i] > Limit && readers[i] >= leastReader)
                    Put(placed.Start + i, sums[i]);
        }
        Settle();
    }

    /// <summary>Takes up one chunk of a segment that was not looked at.</summary>
    public void Offer(int slot, float value)
    {
        if (value > Limit)
            Put(slot, value);
    }

    /// <summary>After the last <see cref="Offer"/>.</summary>
    public void Settle() => Least = _count == _values.Length ? Math.Max(Least, _values[^1]) : Least;

    /// <summary>Whether an <see cref="Offer"/> of so much would change anything.</summary>
    public bool Takes(float value) => value > Limit;

    private void Forget(PlacedSegment placed)
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
            if (_slots[i] < placed.Start || _slots[i] >= placed.Start + placed.Segment.Size)
                (_values[kept], _slots[kept++]) = (_values[i], _slots[i]);
        _count = kept;
    }

    private void Put(int slot, float value)
    {
        var at = _count < _values.Length ? _count++ : _count - 1;
        for (; at > 0 && _values[at - 1] < value; at--)
            (_values[at], _slots[at]) = (_values[at - 1], _slots[at - 1]);
        (_values[at], _slots[at]) = (value, slot);
    }
}
