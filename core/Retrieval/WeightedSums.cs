using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Support.Retrieval;

/// <summary>What sums of stems and of 4-grams are worth, sixteen chunks at a time.</summary>
internal static class WeightedSums
{
    /// <summary>Both together.</summary>
    public static void Add(ReadOnlySpan<ushort> stems, ReadOnlySpan<ushort> grams, float ofStems, float ofGrams, Span<float> values)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        var at = 0;
        for (; at <= values.Length - Vector256<ushort>.Count; at += Vector256<ushort>.Count)
        {
            var (lowerStems, upperStems) = Weigh(stems, at, ofStems);
            var (lowerGrams, upperGrams) = Weigh(grams, at, ofGrams);
            (lowerStems + lowerGrams).StoreUnsafe(ref value, (nuint)at);
            (upperStems + upperGrams).StoreUnsafe(ref value, (nuint)(at + Vector256<float>.Count));
        }
        for (; at < values.Length; at++)
            values[at] = ofStems * stems[at] + ofGrams * grams[at];
    }

    /// <summary>The greater of both.</summary>
    public static void Greater(ReadOnlySpan<ushort> stems, ReadOnlySpan<ushort> grams, float ofStems, float ofGrams, Span<float> values)
    {
        ref var value = ref MemoryMarshal.GetReference(values);
        var at = 0;
        for (; at <= values.Length - Vector256<ushort>.Count; at += Vector256<ushort>.Count)
        {
            var (lowerStems, upperStems) = Weigh(stems, at, ofStems);
            var (lowerGrams, upperGrams) = Weigh(grams, at, ofGrams);
            Vector256.Max(lowerStems, lowerGrams).StoreUnsafe(ref value, (nuint)at);
            Vector256.Max(upperStems, upperGrams).StoreUnsafe(ref value, (nuint)(at + Vector256<float>.Count));
        }
        for (; at < values.Length; at++)
            values[at] = Math.Max(ofStems * stems[at], ofGrams * grams[at]);
    }

    private static (Vector256<float> Lower, Vector256<float> Upper) Weigh(ReadOnlySpan<ushort> sums, int at, float worth)
    {
        var (lower, upper) = Vector256.Widen(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(sums), (nuint)at));
        return (Vector256.ConvertToSingle(lower.AsInt32()) * worth, Vector256.ConvertToSingle(upper.AsInt32()) * worth);
    }
}
