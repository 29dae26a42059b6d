namespace Support.Retrieval.Dense;

/// <summary>The rows that a scan looks at, as they were at one moment.</summary>
/// <param name="Readers">Of each row, who may read it, as in <see cref="Segment.Readers"/>; as many as there are rows.</param>
/// <param name="LeastReader">Rows with less are passed over.</param>
internal readonly ref struct ScannedRows(VectorPage[] pages, ReadOnlySpan<byte> readers, byte leastReader)
{
    public VectorPage[] Pages { get; } = pages;

    public ReadOnlySpan<byte> Readers { get; } = readers;

    public byte LeastReader { get; } = leastReader;

    public bool MayRead(int row) => Readers[row] >= LeastReader;
}
