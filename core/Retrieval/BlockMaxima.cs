using System.Numerics;

namespace Support.Retrieval;

/// <summary>The greatest of each so many neighbouring sums: looking for the few great ones of all chunks then touches a sixty-fourth of the memory.</summary>
internal static class BlockMaxima
{
    /// <summary>Chunks to a block. Segments begin with one.</summary>
    public const int Size = 64;

    public static int Count(int chunks) => (chunks + Size - 1) / Size;

    /// <param name="sums">Whole blocks.</param>
    public static void Fill(ReadOnlySpan<float> sums, Span<float> maxima)
    {
        for (var block = 0; block < maxima.Length; block++)
            maxima[block] = Greatest(sums.Slice(block * Size, Size));
    }

    private static float Greatest(ReadOnlySpan<float> sums)
    {
        var greatest = Vector<float>.Zero;
        for (var i = 0; i < sums.Length; i += Vector<float>.Count)
            greatest = Vector.Max(greatest, new Vector<float>(sums[i..]));
        var one = 0f;
        for (var i = 0; i < Vector<float>.Count; i++)
            one = Math.Max(one, greatest[i]);
        return one;
    }
}
