using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Support.Retrieval;

/// <summary>The greatest of each so many neighbouring sums: looking for the few great ones of all chunks then touches a sixty-fourth of the memory.</summary>
internal static class BlockMaxima
{
    /// <summary>Chunks to a block. Segments begin with one.</summary>
    public const int Size = 64;

    public static int Count(int chunks) => (chunks + Size - 1) / Size;

    /// <param name="sums">Whole blocks.</param>
    public static void Fill(ReadOnlySpan<ushort> sums, Span<ushort> maxima)
    {
        for (var block = 0; block < maxima.Length; block++)
            maxima[block] = Greatest(sums.Slice(block * Size, Size));
    }

    private static ushort Greatest(ReadOnlySpan<ushort> sums)
    {
        ref var first = ref MemoryMarshal.GetReference(sums);
        var greatest = Vector256.Max(
            Vector256.Max(Vector256.LoadUnsafe(ref first), Vector256.LoadUnsafe(ref first, 16)),
            Vector256.Max(Vector256.LoadUnsafe(ref first, 32), Vector256.LoadUnsafe(ref first, 48)));
        var eight = Vector128.Max(greatest.GetLower(), greatest.GetUpper());
        if (Sse41.IsSupported)
            return (ushort)~Sse41.MinHorizontal(~eight).ToScalar();
        eight = Vector128.Max(eight, Vector128.Shuffle(eight.AsUInt64(), Vector128.Create(1UL, 0)).AsUInt16());
        eight = Vector128.Max(eight, Vector128.Shuffle(eight.AsUInt32(), Vector128.Create(1U, 0, 3, 2)).AsUInt16());
        return Math.Max(eight.GetElement(0), eight.GetElement(1));
    }
}
