using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Support.Retrieval;

/// <summary>What <see cref="AddUp"/> does with rows, 64 chunks in four steps.</summary>
internal static class NarrowRows
{
    private const byte Half = 0x0F;

    public static void Add(ReadOnlySpan<byte> row, ushort factor, Span<ushort> sums)
    {
        var worth = new RowWorth(factor);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < (nuint)row.Length; i += (nuint)Vector256<byte>.Count)
        {
            var (first, second) = Open(Vector256.LoadUnsafe(ref from, i));
            Add(first, worth, ref sum, 2 * i);
            Add(second, worth, ref sum, 2 * i + (nuint)Vector256<byte>.Count);
        }
    }

    public static void Raise(ReadOnlySpan<byte> row, ushort factor, Span<ushort> ofTerm, Span<ushort> sums)
    {
        var worth = new RowWorth(factor);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < (nuint)row.Length; i += (nuint)Vector256<byte>.Count)
        {
            var (first, second) = Open(Vector256.LoadUnsafe(ref from, i));
            Raise(first, worth, ref most, ref sum, 2 * i);
            Raise(second, worth, ref most, ref sum, 2 * i + (nuint)Vector256<byte>.Count);
        }
    }

    /// <summary>The coarse impacts of 64 chunks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> First, Vector256<byte> Second) Open(Vector256<byte> halves) =>
        (halves & Vector256.Create(Half), (halves.AsUInt16() >> 4).AsByte() & Vector256.Create(Half));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<byte> impacts, in RowWorth worth, ref ushort sum, nuint at)
    {
        var (lower, upper) = Vector256.Widen(impacts);
        (Vector256.LoadUnsafe(ref sum, at) + worth.By(lower)).StoreUnsafe(ref sum, at);
        (Vector256.LoadUnsafe(ref sum, at + (nuint)Vector256<ushort>.Count) + worth.By(upper)).StoreUnsafe(ref sum, at + (nuint)Vector256<ushort>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(Vector256<byte> impacts, in RowWorth worth, ref ushort most, ref ushort sum, nuint at)
    {
        var (lower, upper) = Vector256.Widen(impacts);
        Raise(worth.By(lower), ref most, ref sum, at);
        Raise(worth.By(upper), ref most, ref sum, at + (nuint)Vector256<ushort>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(Vector256<ushort> now, ref ushort most, ref ushort sum, nuint at)
    {
        var before = Vector256.LoadUnsafe(ref most, at);
        now = Vector256.Max(before, now);
        now.StoreUnsafe(ref most, at);
        (Vector256.LoadUnsafe(ref sum, at) + (now - before)).StoreUnsafe(ref sum, at);
    }
}
