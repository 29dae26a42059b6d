using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Support.Retrieval;

/// <summary>
/// Numbers in sixteen bits each; a large one takes another sixteen. Words are numbered as they are met, so nearly all are small: a text takes half the memory, and is
/// read many words at a time.
/// </summary>
internal static class PackedNumbers
{
    private const int Bits = 15;
    private const ushort More = 1 << Bits;

    public static ushort[] Pack(ReadOnlySpan<int> numbers)
    {
        var size = numbers.Length;
        foreach (var number in numbers)
            size += number >= More ? 1 : 0;
        var units = new ushort[size];
        var at = 0;
        foreach (var number in numbers)
            if (number < More)
            {
                units[at++] = (ushort)number;
            }
            else
            {
                units[at++] = (ushort)(number & (More - 1) | More);
                units[at++] = (ushort)(number >> Bits);
            }
        return units;
    }

    public static int[] Unpack(ReadOnlySpan<ushort> units, int count)
    {
        var numbers = new int[count];
        Unpack(units, numbers);
        return numbers;
    }

    public static void Unpack(ReadOnlySpan<ushort> units, Span<int> numbers)
    {
        if (units.Length == numbers.Length)
            Widen(units, numbers);
        else
            UnpackOneByOne(units, numbers);
    }

    private static void Widen(ReadOnlySpan<ushort> units, Span<int> numbers)
    {
        var at = 0;
        if (units.Length >= Vector256<ushort>.Count)
        {
            ref var from = ref MemoryMarshal.GetReference(units);
            ref var to = ref MemoryMarshal.GetReference(numbers);
            for (; at <= units.Length - Vector256<ushort>.Count; at += Vector256<ushort>.Count)
            {
                var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref from, (nuint)at));
                lower.AsInt32().StoreUnsafe(ref to, (nuint)at);
                upper.AsInt32().StoreUnsafe(ref to, (nuint)(at + Vector256<int>.Count));
            }
        }
        for (; at < units.Length; at++)
            numbers[at] = units[at];
    }

    private static void UnpackOneByOne(ReadOnlySpan<ushort> units, Span<int> numbers)
    {
        var at = 0;
        for (var i = 0; i < numbers.Length; i++)
        {
            int unit = units[at++];
            numbers[i] = unit < More ? unit : unit & (More - 1) | units[at++] << Bits;
        }
    }
}
