using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
        ref var at = ref MemoryMarshal.GetReference(chunks);
        for (nuint i = 0; i < (nuint)chunks.Length; i++)
            Unsafe.Add(ref sum, (nuint)Unsafe.Add(ref at, i)) += (ushort)((Unsafe.Add(ref impact, i) * factor >> 8) + 1);
    }

    /// <summary>Of a term with one list, as a row.</summary>
    public static void Row(ReadOnlySpan<byte> row, ushort factor, Span<ushort> sums)
    {
        if (Avx512BW.IsSupported)
            WideRows.Add(row, factor, sums);
        else
            NarrowRows.Add(row, factor, sums);
    }

    /// <summary>Of a term with several lists the one that gives a chunk most counts: raises what the term gives it, and its sum by as much.</summary>
    public static void RaiseList(ReadOnlySpan<ushort> chunks, ReadOnlySpan<byte> impacts, uint factor, Span<ushort> ofTerm, Span<ushort> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        ref var impact = ref MemoryMarshal.GetReference(impacts);
        ref var at = ref MemoryMarshal.GetReference(chunks);
        for (nuint i = 0; i < (nuint)chunks.Length; i++)
        {
            nuint chunk = Unsafe.Add(ref at, i);
            uint before = Unsafe.Add(ref most, chunk);
            var now = (Unsafe.Add(ref impact, i) * factor >> 8) + 1;
            if (now <= before)
                continue;
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
        ref var at = ref MemoryMarshal.GetReference(chunks);
        for (nuint i = 0; i < (nuint)chunks.Length; i++)
        {
            nuint chunk = Unsafe.Add(ref at, i);
            uint before = Unsafe.Add(ref most, chunk);
            Unsafe.Add(ref sum, chunk) += (ushort)(Math.Max(before, (Unsafe.Add(ref impact, i) * factor >> 8) + 1) - before);
        }
    }

    /// <summary>The same, of the first list of a term: no chunk has been given anything yet.</summary>
    public static void RaiseFirstList(ReadOnlySpan<ushort> chunks, ReadOnlySpan<byte> impacts, uint factor, Span<ushort> ofTerm, Span<ushort> sums)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref var most = ref MemoryMarshal.GetReference(ofTerm);
        ref var impact = ref MemoryMarshal.GetReference(impacts);
        ref var at = ref MemoryMarshal.GetReference(chunks);
        for (nuint i = 0; i < (nuint)chunks.Length; i++)
        {
            nuint chunk = Unsafe.Add(ref at, i);
            var now = (ushort)((Unsafe.Add(ref impact, i) * factor >> 8) + 1);
            Unsafe.Add(ref most, chunk) = now;
            Unsafe.Add(ref sum, chunk) += now;
        }
    }

    /// <summary>The same, of a row.</summary>
    public static void RaiseRow(ReadOnlySpan<byte> row, ushort factor, Span<ushort> ofTerm, Span<ushort> sums)
    {
        if (Avx512BW.IsSupported)
            WideRows.Raise(row, factor, ofTerm, sums);
        else
            NarrowRows.Raise(row, factor, ofTerm, sums);
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
}
