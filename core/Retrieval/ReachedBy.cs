using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Support.Retrieval;

/// <summary>What at least so many of the numbers exceed: close to the greatest such bound, found by halving.</summary>
internal static class ReachedBy
{
    // The bound is within a four-thousandth of the greatest number of the best one.
    private const int Halvings = 12;

    public static float AtLeast(ReadOnlySpan<float> numbers, int count)
    {
        var (low, high) = (0f, Greatest(numbers));
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            if (CountAbove(numbers, middle) >= count)
                low = middle;
            else
                high = middle;
        }
        return low;
    }

    private static float Greatest(ReadOnlySpan<float> numbers)
    {
        var greatest = 0f;
        for (var at = NextAbove.Of(numbers, greatest, 0); at >= 0; at = NextAbove.Of(numbers, greatest, at + 1))
            greatest = numbers[at];
        return greatest;
    }

    private static int CountAbove(ReadOnlySpan<float> numbers, float limit)
    {
        ref var first = ref MemoryMarshal.GetReference(numbers);
        var counts = Vector256<int>.Zero;
        var at = 0;
        for (; at <= numbers.Length - Vector256<float>.Count; at += Vector256<float>.Count)
            counts -= Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)at), Vector256.Create(limit)).AsInt32();
        var count = Vector256.Sum(counts);
        for (; at < numbers.Length; at++)
            count += numbers[at] > limit ? 1 : 0;
        return count;
    }
}
