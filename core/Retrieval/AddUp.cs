using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Support.Retrieval;

/// <summary>
/// Adds impacts up: each times a factor, of which 256 are one unit of the sums, and one more, so that nothing is lost by rounding down. The only hot loops of a search; bounds are not checked for each
/// posting of a list, for its chunk is always one of the segment that the sums belong to.
/// </summary>
internal static class AddUp
{
    /// <summary>Of a term with one list.</summary>
    public static void List(ReadOnlySpan<ushort> chunks, ReadOnlySpan<byte> impacts, uint factor, Span<ushort> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var impact = ref MemoryMarshal.GetReference(impacts);
        for (var i = 0; i < chunks.Length; i++)
            Unsafe.Add(ref sum, (nuint)chunks[i]) += (ushort)((Unsafe.Add(ref impact, i) * factor >> 8) + 1);
    }

    /// <summary>Of a term with one list, as a row.</summary>
    public static void Row(ReadOnlySpan<byte> row, ushort factor, Span<ushort> sums)
    {
        var given = new Given(factor);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var to = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < (nuint)row.Length; i += (nuint)Vector256<byte>.Count)
        {
            var (first, second) = Open(Vector256.LoadUnsafe(ref from, i));
            Add(first, given, ref to, 2 * i);
            Add(second, given, ref to, 2 * i + (nuint)Vector256<byte>.Count);
        }
    }

    /// <summary>Of a term with several lists the one that gives a chunk most counts: raises what the term gives it, and its sum by as much.</summary>
    public static void RaiseList(ReadOnlySpan<ushort> chunks, ReadOnlySpan<byte> impacts, uint factor, Span<ushort> ofTerm, Span<ushort> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        ref var impact = ref MemoryMarshal.GetReference(impacts);
        for (var i = 0; i < chunks.Length; i++)
        {
            var chunk = (nuint)chunks[i];
            uint before = Unsafe.Add(ref most, chunk);
            var now = Math.Max(before, (Unsafe.Add(ref impact, i) * factor >> 8) + 1);
            Unsafe.Add(ref most, chunk) = (ushort)now;
            Unsafe.Add(ref sum, chunk) += (ushort)(now - before);
        }
    }

    /// <summary>The same, of the last list of a term.</summary>
    public static void RaiseLastList(ReadOnlySpan<ushort> chunks, ReadOnlySpan<byte> impacts, uint factor, ReadOnlySpan<ushort> ofTerm, Span<ushort> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        ref var impact = ref MemoryMarshal.GetReference(impacts);
        for (var i = 0; i < chunks.Length; i++)
        {
            var chunk = (nuint)chunks[i];
            uint before = Unsafe.Add(ref most, chunk);
            Unsafe.Add(ref sum, chunk) += (ushort)(Math.Max(before, (Unsafe.Add(ref impact, i) * factor >> 8) + 1) - before);
        }
    }

    /// <summary>The same, of a row.</summary>
    public static void RaiseRow(ReadOnlySpan<byte> row, ushort factor, Span<ushort> ofTerm, Span<ushort> sums)
    {
        var given = new Given(factor);
        ref var from = ref MemoryMarshal.GetReference(row);
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        ref var sum = ref MemoryMarshal.GetReference(sums);
        for (nuint i = 0; i < (nuint)row.Length; i += (nuint)Vector256<byte>.Count)
        {
            var (first, second) = Open(Vector256.LoadUnsafe(ref from, i));
            Raise(first, given, ref most, ref sum, 2 * i);
            Raise(second, given, ref most, ref sum, 2 * i + (nuint)Vector256<byte>.Count);
        }
    }

    /// <summary>Ready for the next term.</summary>
    public static void Clear(ReadOnlySpan<ushort> chunks, Span<ushort> ofTerm)
    {
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        foreach (var chunk in chunks)
            Unsafe.Add(ref most, (nuint)chunk) = 0;
    }

    public static void ClearUnreadable(ReadOnlySpan<byte> readers, byte least, Span<ushort> sums)
    {
        for (var chunk = 0; chunk < readers.Length; chunk++)
            sums[chunk] = readers[chunk] >= least ? sums[chunk] : (ushort)0;
    }

    /// <summary>The coarse impacts of 64 chunks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> First, Vector256<byte> Second) Open(Vector256<byte> halves) =>
        (halves & Vector256.Create((byte)0x0F), (halves.AsUInt16() >> 4).AsByte() & Vector256.Create((byte)0x0F));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<byte> impacts, in Given given, ref ushort sum, nuint at)
    {
        var (lower, upper) = Vector256.Widen(impacts);
        (Vector256.LoadUnsafe(ref sum, at) + given.By(lower)).StoreUnsafe(ref sum, at);
        (Vector256.LoadUnsafe(ref sum, at + (nuint)Vector256<ushort>.Count) + given.By(upper)).StoreUnsafe(ref sum, at + (nuint)Vector256<ushort>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(Vector256<byte> impacts, in Given given, ref ushort most, ref ushort sum, nuint at)
    {
        var (lower, upper) = Vector256.Widen(impacts);
        Raise(given.By(lower), ref most, ref sum, at);
        Raise(given.By(upper), ref most, ref sum, at + (nuint)Vector256<ushort>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Raise(Vector256<ushort> worth, ref ushort most, ref ushort sum, nuint at)
    {
        var before = Vector256.LoadUnsafe(ref most, at);
        var now = Vector256.Max(before, worth);
        now.StoreUnsafe(ref most, at);
        (Vector256.LoadUnsafe(ref sum, at) + (now - before)).StoreUnsafe(ref sum, at);
    }

    /// <summary>What each of the sixteen coarse impacts gives: looked up, or worked out where a processor cannot look up sixteen numbers at once.</summary>
    internal readonly struct Given
    {
        private readonly Vector256<ushort> _all;
        private readonly ushort _factor;

        public Given(ushort factor)
        {
            _factor = factor;
            _all = WorkOut(Vector256<ushort>.Indices);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<ushort> By(Vector256<ushort> impacts) => Avx512BW.VL.IsSupported ? Avx512BW.VL.PermuteVar16x16(_all, impacts) : WorkOut(impacts);

        /// <summary>As of a list: impact · factor / 256, rounded down, and one; 0 where there is no impact.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal Vector256<ushort> WorkOut(Vector256<ushort> impacts)
        {
            var (lower, upper) = Vector256.Widen(impacts);
            var factor = Vector256.Create(Impacts.Coarse * (uint)_factor);
            return Vector256.Narrow(lower * factor >> 8, upper * factor >> 8) + Vector256.Min(impacts, Vector256<ushort>.One);
        }
    }
}
