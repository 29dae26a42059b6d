using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Support.Retrieval.Dense;

namespace Support.Bench.Speed.Vectors;

/// <summary>Adds up all bytes of a stretch of memory, 64 at a time and in eight sums: as fast as one core can read it. A scan of the same bytes is measured against that.</summary>
internal static class PlainRead
{
    public static long OfNumbers(VectorPage[] pages, int rows)
    {
        var sum = 0L;
        foreach (var page in pages)
            sum += Sum(page.NumbersBefore(rows));
        return sum;
    }

    public static long OfBytes(VectorPage[] pages, int rows)
    {
        var sum = 0L;
        foreach (var page in pages)
            sum += Sum(page.BytesBefore(rows));
        return sum;
    }

    private static long Sum(ReadOnlySpan<byte> bytes)
    {
        ref var first = ref Unsafe.As<byte, long>(ref MemoryMarshal.GetReference(bytes));
        var step = (nuint)Vector512<long>.Count;
        var count = (nuint)(bytes.Length / sizeof(long));
        Vector512<long> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        nuint i = 0;
        for (; i + 8 * step <= count; i += 8 * step)
        {
            sum0 += Vector512.LoadUnsafe(ref first, i);
            sum1 += Vector512.LoadUnsafe(ref first, i + step);
            sum2 += Vector512.LoadUnsafe(ref first, i + 2 * step);
            sum3 += Vector512.LoadUnsafe(ref first, i + 3 * step);
            sum4 += Vector512.LoadUnsafe(ref first, i + 4 * step);
            sum5 += Vector512.LoadUnsafe(ref first, i + 5 * step);
            sum6 += Vector512.LoadUnsafe(ref first, i + 6 * step);
            sum7 += Vector512.LoadUnsafe(ref first, i + 7 * step);
        }
        for (; i < count; i += step)
            sum0 += Vector512.LoadUnsafe(ref first, i);
        return Vector512.Sum(sum0 + sum1 + sum2 + sum3 + sum4 + sum5 + sum6 + sum7);
    }
}
