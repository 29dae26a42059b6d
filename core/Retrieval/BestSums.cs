namespace Support.Retrieval;

/// <summary>The <see cref="StageOne.Candidates"/> chunks of the greatest sums, of stems and 4-grams together.</summary>
internal sealed class BestSums
{
    private readonly float[] _values = new float[StageOne.Candidates];
    private readonly int[] _slots = new int[StageOne.Candidates];
    private int _count;
    private float _bound;

    /// <summary>There may be others.</summary>
    public bool IsFull => _count == _values.Length;

    /// <summary>Greatest sum first.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    // What has exactly the bound must be found.
    private float Limit => IsFull ? _values[^1] : _bound;

    public void Clear() => (_count, _bound) = (0, 0);

    /// <summary>In each block one chunk has at least what the better of its maxima is worth: so many blocks say what the last of the best has at least.</summary>
    public void Bound(ReadOnlySpan<ushort> blocksOfStems, ReadOnlySpan<ushort> blocksOfGrams, float ofStems, float ofGrams)
    {
        for (var block = 0; block < blocksOfStems.Length; block++)
            if (Math.Max(ofStems * blocksOfStems[block], ofGrams * blocksOfGrams[block]) is var value && value > Limit)
                Put(block, value);
    }

    /// <summary>After the last <see cref="Bound"/>.</summary>
    public void Begin() => (_count, _bound) = (0, IsFull ? MathF.BitDecrement(_values[^1]) : 0);

    /// <summary>Takes up the chunks of a segment.</summary>
    public void Look(PlacedSegment placed, TermSums stems, TermSums grams, float ofStems, float ofGrams)
    {
        var sumsOfStems = stems.SumsOf(placed);
        var sumsOfGrams = grams.SumsOf(placed);
        var blocksOfStems = stems.BlocksOf(placed);
        var blocksOfGrams = grams.BlocksOf(placed);
        for (var block = 0; block < blocksOfStems.Length; block++)
        {
            if (ofStems * blocksOfStems[block] + ofGrams * blocksOfGrams[block] <= Limit)
                continue;
            for (var i = block * BlockMaxima.Size; i < (block + 1) * BlockMaxima.Size; i++)
                if (ofStems * sumsOfStems[i] + ofGrams * sumsOfGrams[i] is var value && value > Limit)
                    Put(placed.Start + i, value);
        }
    }

    private void Put(int slot, float value)
    {
        var at = IsFull ? _count - 1 : _count++;
        for (; at > 0 && _values[at - 1] < value; at--)
            (_values[at], _slots[at]) = (_values[at - 1], _slots[at - 1]);
        (_values[at], _slots[at]) = (value, slot);
    }
}
