using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Support.Retrieval.Dense;

/// <summary>32 bytes at a time (AVX2), with AVX-VNNI's multiply and add in one step where there is one. Half a block after the other, as there are but sixteen registers.</summary>
internal readonly struct NarrowByteProducts : IByteProducts
{
    public static bool IsSupported => Avx2.IsSupported;

    public static void OfBlock(ref byte block, ByteQuestion question, Span<int> products)
    {
        OfHalf(ref block, question, products);
        OfHalf(ref Unsafe.Add(ref block, VectorPage.BlockRows * VectorPage.Together / 2), question, products[(VectorPage.BlockRows / 2)..]);
    }

    private static void OfHalf(ref byte half, ByteQuestion question, Span<int> products)
    {
        var mask = Vector256.Create((short)byte.MaxValue);
        Vector256<int> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        ref var rows = ref Unsafe.As<byte, short>(ref half);
        var step = (nuint)Vector256<short>.Count;
        for (var group = 0; group < question.Groups; group++)
        {
            var even = Vector256.Create(Unsafe.Add(ref question.FirstEven, group)).AsInt16();
            var odd = Vector256.Create(Unsafe.Add(ref question.FirstOdd, group)).AsInt16();
            var rows0 = Vector256.LoadUnsafe(ref rows);
            var rows1 = Vector256.LoadUnsafe(ref rows, step);
            var rows2 = Vector256.LoadUnsafe(ref rows, 2 * step);
            var rows3 = Vector256.LoadUnsafe(ref rows, 3 * step);
            sum0 = Add(Add(sum0, rows0 & mask, even), rows0 >>> 8, odd);
            sum1 = Add(Add(sum1, rows1 & mask, even), rows1 >>> 8, odd);
            sum2 = Add(Add(sum2, rows2 & mask, even), rows2 >>> 8, odd);
            sum3 = Add(Add(sum3, rows3 & mask, even), rows3 >>> 8, odd);
            rows = ref Unsafe.Add(ref rows, 8 * step);
        }
        sum0.CopyTo(products);
        sum1.CopyTo(products[8..]);
        sum2.CopyTo(products[16..]);
        sum3.CopyTo(products[24..]);
    }

    private static Vector256<int> Add(Vector256<int> sum, Vector256<short> rows, Vector256<short> question) =>
        AvxVnni.IsSupported ? AvxVnni.MultiplyWideningAndAdd(sum, rows, question) : sum + Avx2.MultiplyAddAdjacent(rows, question);
}
