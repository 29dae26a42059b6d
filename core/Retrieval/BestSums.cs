namespace Support.Retrieval;

/// <summary>The <see cref="StageOne.Candidates"/> chunks of the greatest sums, of stems and 4-grams together.</summary>
internal sealed class BestSums
{
    private readonly float[] _values = new float[StageOne.Candidates];
    private readonly int[] _slots = new int[StageOne.Candidates];
    private float[] _blocks = [];
    private float[] _atLeast = [];
    private int _count;
    private float _bound;

    /// <summary>There may be others.</summary>
    public bool IsFull => _count == _values.Length;

    /// <summary>Greatest sum first.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    // So many exceed the bound, so what only reaches it is none of the best.
    private float Limit => IsFull ? _values[^1] : _bound;

    /// <param name="slots">Of the snapshot.</param>
    public void Begin(int slots)
    {
        _count = 0;
        if (_blocks.Length < BlockMaxima.Count(slots))
            (_blocks, _atLeast) = (new float[BlockMaxima.Count(slots)], new float[BlockMaxima.Count(slots)]);
    }

    /// <summary>In each block one chunk has at least what the better of its maxima is worth.</summary>
    public void Bound(PlacedSegment placed, ReadOnlySpan<ushort> blocksOfStems, ReadOnlySpan<ushort> blocksOfGrams, float ofStems, float ofGrams)
    {
        var (first, count) = (placed.Start / BlockMaxima.Size, blocksOfStems.Length);
        WeightedSums.Add(blocksOfStems, blocksOfGrams, ofStems, ofGrams, _blocks.AsSpan(first, count));
        WeightedSums.Greater(blocksOfStems, blocksOfGrams, ofStems, ofGrams, _atLeast.AsSpan(first, count));
    }

    /// <summary>After the last <see cref="Bound"/>: what as many blocks have as there are best, the last of the best has too.</summary>
    public void BeginToLook(IndexSnapshot snapshot) => _bound = ReachedBy.AtLeast(_atLeast.AsSpan(0, snapshot.Slots / BlockMaxima.Size), _values.Length);

    /// <summary>Takes up the chunks of a segment.</summary>
    public void Look(PlacedSegment placed, ReadOnlySpan<ushort> sumsOfStems, ReadOnlySpan<ushort> sumsOfGrams, float ofStems, float ofGrams)
    {
        var blocks = BoundsOf(placed);
        Span<float> values = stackalloc float[BlockMaxima.Size];
        for (var block = NextAbove.Of(blocks, Limit, 0); block >= 0; block = NextAbove.Of(blocks, Limit, block + 1))
        {
            var first = block * BlockMaxima.Size;
            WeightedSums.Add(sumsOfStems.Slice(first, BlockMaxima.Size), sumsOfGrams.Slice(first, BlockMaxima.Size), ofStems, ofGrams, values);
            for (var i = NextAbove.Of(values, Limit, 0); i >= 0; i = NextAbove.Of(values, Limit, i + 1))
                Put(placed.Start + first + i, values[i]);
        }
    }

    /// <summary>The most that a chunk of each block can have.</summary>
    public ReadOnlySpan<float> BoundsOf(PlacedSegment placed) => _blocks.AsSpan(placed.Start / BlockMaxima.Size, BlockMaxima.Count(placed.Segment.Size));

    private void Put(int slot, float value)
    {
        var at = IsFull ? _count - 1 : _count++;
        for (; at > 0 && _values[at - 1] < value; at--)
            (_values[at], _slots[at]) = (_values[at - 1], _slots[at - 1]);
        (_values[at], _slots[at]) = (value, slot);
    }
}
