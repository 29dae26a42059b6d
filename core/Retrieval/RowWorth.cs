using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Support.Retrieval;

/// <summary>What each of the sixteen coarse impacts of a row gives: looked up, or worked out where a processor cannot look up sixteen numbers at once.</summary>
internal readonly struct RowWorth
{
    private readonly Vector256<ushort> _all;
    private readonly ushort _factor;

    public RowWorth(ushort factor)
    {
        _factor = factor;
        _all = WorkOut(Vector256<ushort>.Indices);
    }

    /// <summary>All of it, twice: to look up 32 impacts at once.</summary>
    public Vector512<ushort> Twice() => Vector512.Create(_all, _all);

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
