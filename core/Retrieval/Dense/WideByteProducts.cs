using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Support.Retrieval.Dense;

/// <summary>64 bytes at a time (AVX-512BW). The class library has no 512-bit VNNI yet; multiplying pairs of 16 bits keeps up with the memory all the same.</summary>
internal readonly struct WideByteProducts : IByteProducts
{
    public static bool IsSupported => Avx512BW.IsSupported;

    public static void OfBlock(ref byte block, ByteQuestion question, Span<int> products)
    {
        var mask = Vector512.Create((short)byte.MaxValue);
        Vector512<int> even0 = default, even1 = default, even2 = default, even3 = default, odd0 = default, odd1 = default, odd2 = default, odd3 = default;
        ref var rows = ref Unsafe.As<byte, short>(ref block);
        ref var firstEven = ref question.FirstEven;
        ref var firstOdd = ref question.FirstOdd;
        var step = (nuint)Vector512<short>.Count;
        for (var group = 0; group < question.Groups; group++)
        {
            var even = Vector512.Create(Unsafe.Add(ref firstEven, group)).AsInt16();
            var odd = Vector512.Create(Unsafe.Add(ref firstOdd, group)).AsInt16();
            var rows0 = Vector512.LoadUnsafe(ref rows);
            var rows1 = Vector512.LoadUnsafe(ref rows, step);
            var rows2 = Vector512.LoadUnsafe(ref rows, 2 * step);
            var rows3 = Vector512.LoadUnsafe(ref rows, 3 * step);
            even0 += Avx512BW.MultiplyAddAdjacent(rows0 & mask, even);
            even1 += Avx512BW.MultiplyAddAdjacent(rows1 & mask, even);
            even2 += Avx512BW.MultiplyAddAdjacent(rows2 & mask, even);
            even3 += Avx512BW.MultiplyAddAdjacent(rows3 & mask, even);
            odd0 += Avx512BW.MultiplyAddAdjacent(rows0 >>> 8, odd);
            odd1 += Avx512BW.MultiplyAddAdjacent(rows1 >>> 8, odd);
            odd2 += Avx512BW.MultiplyAddAdjacent(rows2 >>> 8, odd);
            odd3 += Avx512BW.MultiplyAddAdjacent(rows3 >>> 8, odd);
            rows = ref Unsafe.Add(ref rows, 4 * step);
        }
        (even0 + odd0).CopyTo(products);
        (even1 + odd1).CopyTo(products[16..]);
        (even2 + odd2).CopyTo(products[32..]);
        (even3 + odd3).CopyTo(products[48..]);
    }
}
