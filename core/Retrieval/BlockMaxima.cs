using System.Runtime.Intrinsics;

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
        var greatest = Vector256<float>.Zero;
        for (var i = 0; i < sums.Length; i += Vector256<float>.Count)
            greatest = Vector256.MaxNative(greatest, Vector256.Create(sums[i..]));
        var four = Vector128.MaxNative(greatest.GetLower(), greatest.GetUpper());
        var two = Vector128.MaxNative(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(two.GetElement(0), two.GetElement(1));
    }
}
