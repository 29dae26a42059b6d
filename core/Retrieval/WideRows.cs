using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Support.Retrieval;

/// <summary>What <see cref="AddUp"/> does with rows, 64 chunks in two steps, for processors with AVX-512.</summary>
internal static class WideRows
{
    private const byte Half = 0x0F;

    public static void Add(ReadOnlySpan<byte> row, ushort factor, Span<ushort> sums)
    {
        var worth = new RowWorth(factor).Twice();
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < (nuint)row.Length; i += (nuint)Vector256<byte>.Count)
        {
            var (first, second) = Open(Vector256.LoadUnsafe(ref from, i), worth);
            (Vector512.LoadUnsafe(ref sum, 2 * i) + first).StoreUnsafe(ref sum, 2 * i);
            (Vector512.LoadUnsafe(ref sum, 2 * i + (nuint)Vector512<ushort>.Count) + second).StoreUnsafe(ref sum, 2 * i + (nuint)Vector512<ushort>.Count);
        }
    }

    public static void Raise(ReadOnlySpan<byte> row, ushort factor, Span<ushort> ofTerm, Span<ushort> sums)
    {
        var worth = new RowWorth(factor).Twice();
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < (nuint)row.Length; i += (nuint)Vector256<byte>.Count)
        {
            var (first, second) = Open(Vector256.LoadUnsafe(ref from, i), worth);
            Raise(first, ref most, ref sum, 2 * i);
            Raise(second, ref most, ref sum, 2 * i + (nuint)Vector512<ushort>.Count);
        }
    }

    /// <summary>What a row gives 64 chunks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<ushort> First, Vector512<ushort> Second) Open(Vector256<byte> halves, Vector512<ushort> worth)
    {
        var first = Avx512BW.ConvertToVector512UInt16(halves & Vector256.Create(Half));
        var second = Avx512BW.ConvertToVector512UInt16((halves.AsUInt16() >> 4).AsByte() & Vector256.Create(Half));
        return (Avx512BW.PermuteVar32x16(worth, first), Avx512BW.PermuteVar32x16(worth, second));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(Vector512<ushort> now, ref ushort most, ref ushort sum, nuint at)
    {
        var before = Vector512.LoadUnsafe(ref most, at);
        now = Vector512.Max(before, now);
        now.StoreUnsafe(ref most, at);
        (Vector512.LoadUnsafe(ref sum, at) + (now - before)).StoreUnsafe(ref sum, at);
    }
}
