using System.Numerics;
using System.Runtime.Intrinsics;

namespace Support.Retrieval.Dense;

/// <summary>
/// Dot products of a question with rows of 32-bit numbers, filled up with zeros to whole cache lines. Rows are read from one end to the other: several side by side
/// would be as many streams, and memory is read at half the speed then; telling the processor what comes next gains nothing on one. Four sums for each row, so that a step waits for none before it.
/// </summary>
internal static class DotProduct
{
    /// <param name="row">Its first number.</param>
    /// <param name="length">Of both, a multiple of <see cref="VectorPage.LineOfFloats"/>.</param>
    public static float Of(ref float row, ref float question, int length) =>
        Vector512.IsHardwareAccelerated ? Wide(ref row, ref question, (nuint)length) : Plain(ref row, ref question, (nuint)length);

    internal static float Wide(ref float row, ref float question, nuint length)
    {
        Vector512<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var step = (nuint)Vector512<float>.Count;
        nuint i = 0;
        for (; i + 4 * step <= length; i += 4 * step)
        {
            sum0 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref question, i), Vector512.LoadUnsafe(ref row, i), sum0);
            sum1 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref question, i + step), Vector512.LoadUnsafe(ref row, i + step), sum1);
            sum2 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref question, i + 2 * step), Vector512.LoadUnsafe(ref row, i + 2 * step), sum2);
            sum3 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref question, i + 3 * step), Vector512.LoadUnsafe(ref row, i + 3 * step), sum3);
        }
        for (; i < length; i += step)
            sum0 = Vector512.MultiplyAddEstimate(Vector512.LoadUnsafe(ref question, i), Vector512.LoadUnsafe(ref row, i), sum0);
        return Vector512.Sum(sum0 + sum1 + (sum2 + sum3));
    }

    /// <summary>For every processor.</summary>
    internal static float Plain(ref float row, ref float question, nuint length)
    {
        Vector<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var step = (nuint)Vector<float>.Count;
        nuint i = 0;
        for (; i + 4 * step <= length; i += 4 * step)
        {
            sum0 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref question, i), Vector.LoadUnsafe(ref row, i), sum0);
            sum1 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref question, i + step), Vector.LoadUnsafe(ref row, i + step), sum1);
            sum2 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref question, i + 2 * step), Vector.LoadUnsafe(ref row, i + 2 * step), sum2);
            sum3 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref question, i + 3 * step), Vector.LoadUnsafe(ref row, i + 3 * step), sum3);
        }
        for (; i < length; i += step)
            sum0 = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref question, i), Vector.LoadUnsafe(ref row, i), sum0);
        return Vector.Sum(sum0 + sum1 + (sum2 + sum3));
    }
}
