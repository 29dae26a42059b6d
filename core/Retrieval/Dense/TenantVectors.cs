using System.Collections.Concurrent;

namespace Support.Retrieval.Dense;

/// <summary>The vectors of one tenant's chunks as they come and go. Whoever changes it takes turns; what a search reads is a <see cref="DenseSnapshot"/>.</summary>
internal sealed class TenantVectors(VectorSpace space)
{
    private const int FewRows = 4096;

    private readonly VectorRows _rows = new(space.Length);
    private readonly ConcurrentDictionary<long, int> _rowOfChunk = [];
    private long[] _chunks = [];
    private byte[] _readers = [];
    private int _live;

    public VectorSpace Space => space;

    /// <summary>More rows of removed chunks than of live ones: time to make it anew.</summary>
    public bool IsMostlyDead => _rows.Count > FewRows && _live * 2 < _rows.Count;

    /// <summary>A chunk that has one keeps it: a chunk never changes.</summary>
    /// <param name="unit">See <see cref="UnitVector"/>.</param>
    /// <param name="reader">See <see cref="Segment.Readers"/>.</param>
    public void Add(long chunk, ReadOnlySpan<float> unit, byte reader)
    {
        if (!_rowOfChunk.ContainsKey(chunk))
        {
            var row = _rows.Add(unit);
            if (row == _chunks.Length)
                Array.Resize(ref _chunks, Math.Max(VectorPage.BlockRows, 2 * row));
            if (row >= _readers.Length)
                Array.Resize(ref _readers, _chunks.Length);
            _chunks[row] = chunk;
            _rowOfChunk[chunk] = row;
        }
        Label(chunk, reader);
    }

    /// <summary>From now on these may read the chunk; of one without a vector nothing is noted.</summary>
    public void Label(long chunk, byte reader)
    {
        if (!_rowOfChunk.TryGetValue(chunk, out var row))
            return;
        _live += (reader != Segment.Nobody ? 1 : 0) - (_readers[row] != Segment.Nobody ? 1 : 0);
        _readers[row] = reader;
    }

    /// <summary>As it is now. Rows that come later have numbers that it does not know.</summary>
    public DenseSnapshot Snapshot() => new(space, _rows.Pages, _readers[.._rows.Count], _chunks, _rowOfChunk);

    /// <summary>The live ones alone.</summary>
    public TenantVectors Anew()
    {
        var anew = new TenantVectors(space);
        for (var row = 0; row < _rows.Count; row++)
            if (_readers[row] != Segment.Nobody)
                anew.Add(_chunks[row], _rows.Row(row), _readers[row]);
        return anew;
    }
}
