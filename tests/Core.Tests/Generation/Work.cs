using Xunit;

namespace Support.Tests.Generation;

/// <summary>How much is done for a text, told by the memory it takes: the same on every machine, however busy it is.</summary>
internal static class Work
{
    private const int Times = 8;

    // Some of it is rounded up to the next power of two. What compares everything with everything takes 64 times as much.
    private const double MostTimes = 1.5 * Times;

    /// <summary>Fails where a text eight times as long takes much more than eight times the work.</summary>
    public static void IsInProportion(Action<int> work, int length)
    {
        // What is made once, such as the states of expressions, is not counted.
        work(Times * length);
        var (shorter, longer) = (Bytes(work, length), Bytes(work, Times * length));
        Assert.True(longer < MostTimes * shorter, $"{shorter:N0} bytes became {longer:N0}, {(double)longer / shorter:F1} times as many, for {Times} times the text.");
    }

    private static long Bytes(Action<int> work, int length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work(length);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
