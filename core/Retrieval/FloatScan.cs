using System.Numerics;

namespace Support.Retrieval;

/// <summary>Looks through sums of all chunks for the few that are great, many at once: nearly all are not.</summary>
internal static class FloatScan
{
    /// <summary>The first place at or after <paramref name="from"/> with more than <paramref name="limit"/>; the length if there is none.</summary>
    public static int NextAbove(ReadOnlySpan<float> values, int from, float limit)
    {
        var at = from;
        var limits = new Vector<float>(limit);
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
            if (Vector.GreaterThanAny(new Vector<float>(values[at..]), limits))
                break;
        while (at < values.Length && values[at] <= limit)
            at++;
        return at;
    }

    /// <summary>The same of one·<paramref name="ofOne"/> + other·<paramref name="ofOther"/>.</summary>
    public static int NextAbove(ReadOnlySpan<float> one, float ofOne, ReadOnlySpan<float> other, float ofOther, int from, float limit)
    {
        var at = from;
        var limits = new Vector<float>(limit);
        for (; at <= one.Length - Vector<float>.Count; at += Vector<float>.Count)
            if (Vector.GreaterThanAny(new Vector<float>(one[at..]) * ofOne + new Vector<float>(other[at..]) * ofOther, limits))
                break;
        while (at < one.Length && one[at] * ofOne + other[at] * ofOther <= limit)
            at++;
        return at;
    }
}
