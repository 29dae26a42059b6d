using System.Runtime.InteropServices;

namespace Support.Retrieval;

/// <summary>Finds the few of many numbers that matter, many at a time.</summary>
internal static class NextAbove
{
    /// <returns>The place of the next number that is above the limit; -1 if there is none.</returns>
    public static int Of(ReadOnlySpan<ushort> numbers, int limit, int from)
    {
        if (limit >= ushort.MaxValue)
            return -1;
        return Place(from, numbers[from..].IndexOfAnyInRange((ushort)(limit + 1), ushort.MaxValue));
    }

    /// <summary>The same. None is negative, and such numbers are ordered as their bits are.</summary>
    public static int Of(ReadOnlySpan<float> numbers, float limit, int from) =>
        Place(from, MemoryMarshal.Cast<float, uint>(numbers[from..]).IndexOfAnyInRange(BitConverter.SingleToUInt32Bits(limit) + 1, uint.MaxValue));

    private static int Place(int from, int found) => found < 0 ? -1 : from + found;
}
