using System.Collections.Concurrent;
using Support.Knowledge;

namespace Support.Retrieval.Dense;

/// <summary>A tenant's vectors at one moment, of live and of removed chunks. Never changes.</summary>
/// <param name="readers">Of each row; see <see cref="Segment.Readers"/>.</param>
/// <param name="chunks">Of each row, and perhaps of later ones.</param>
/// <param name="rowOfChunk">Later ones as well.</param>
internal sealed class DenseSnapshot(VectorSpace space, VectorPage[] pages, byte[] readers, long[] chunks, ConcurrentDictionary<long, int> rowOfChunk)
{
    public VectorSpace Space => space;

    public int Rows => readers.Length;

    /// <summary>The chunks nearest to a question that somebody of this audience may read.</summary>
    public IEnumerable<long> Nearest(ReadOnlySpan<float> question, Audience audience, int limit) =>
        Array.ConvertAll(ByteScan.Best(new ScannedRows(pages, readers, Segment.LeastReader(audience)), question, limit), one => chunks[one.Row]);

    /// <summary>From -1 to 1; null for a chunk without a vector.</summary>
    public double? Cosine(long chunk, AlignedMemory<float> question) =>
        rowOfChunk.TryGetValue(chunk, out var row) && row < readers.Length
            ? DotProduct.Of(ref VectorRows.FirstOf(pages, row), ref question.First, question.Length)
            : null;

    /// <summary>Filled up with zeros, as rows are.</summary>
    public static AlignedMemory<float> Fill(ReadOnlySpan<float> question)
    {
        var filled = new AlignedMemory<float>(VectorPage.StrideOf(question.Length));
        question.CopyTo(filled.Span);
        return filled;
    }
}
