using System.Runtime.InteropServices;

namespace Support.Retrieval.Dense;

/// <summary>Vectors of one space, numbered from 0 in the order they come. One writer adds; whoever holds an earlier <see cref="Count"/> reads on undisturbed.</summary>
/// <param name="length">Of each vector.</param>
internal sealed class VectorRows(int length)
{
    // A page is as large as all before it, so that a small company takes little, and a large one has few pages.
    private const int LeastPage = VectorPage.BlockRows;
    private const int MostPage = 4096;

    private VectorPage[] _pages = [];

    public int Length { get; } = length;

    public int Count { get; private set; }

    /// <summary>In the order of their rows. Never changes; there may be more of them later.</summary>
    public VectorPage[] Pages => _pages;

    /// <param name="vector">Of <see cref="Length"/> numbers; see <see cref="UnitVector"/>.</param>
    /// <returns>Its row.</returns>
    public int Add(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Length)
            throw new BadVectorException($"A vector of {vector.Length} numbers was given where those of {Length} are kept.");
        if (_pages is not [.., var last] || last.Start + last.Rows == Count)
            _pages = [.. _pages, last = new VectorPage(Count, Math.Clamp(Count, LeastPage, MostPage), Length)];
        last.Write(Count, vector);
        return Count++;
    }

    public ReadOnlySpan<float> Row(int row) => MemoryMarshal.CreateReadOnlySpan(ref FirstOf(_pages, row), Length);

    /// <param name="pages">As they were when the row was told of.</param>
    /// <returns>Its first number.</returns>
    public static ref float FirstOf(VectorPage[] pages, int row)
    {
        int low = 0, high = pages.Length - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (pages[middle].Start <= row)
                low = middle;
            else
                high = middle - 1;
        }
        return ref pages[low].FirstOf(row);
    }
}
