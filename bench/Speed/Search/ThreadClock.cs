using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Support.Bench.Speed.Search;

/// <summary>Processor time of the thread that asks: what a search costs even while somebody else has the core half of the time. Elsewhere than on Linux the time of day.</summary>
internal static class ThreadClock
{
    private const int ThreadCpuTime = 3;

    public static double Milliseconds()
    {
        if (!OperatingSystem.IsLinux())
            return Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;
        var time = default(Moment);
        _ = Now(ThreadCpuTime, ref time);
        return time.Seconds * 1000.0 + time.Nanoseconds / 1e6;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int Now(int clock, ref Moment time);

    private struct Moment
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
