using System.Runtime.InteropServices;

namespace Support.Bench.Speed.Search;

/// <summary>
/// Keeps the whole process, collector and compiler included, on one core. The class library sets the affinity of one thread only, so every thread
/// is asked for; threads made later inherit it.
/// </summary>
internal static class OneCore
{
    /// <returns>Whether it worked: on Linux only.</returns>
    public static bool Take()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        var core = 1UL << Math.Min(63, Environment.ProcessorCount - 1);
        var taken = true;
        foreach (var thread in Directory.EnumerateDirectories("/proc/self/task"))
            taken &= SetAffinity(int.Parse(Path.GetFileName(thread)), sizeof(ulong), ref core) == 0;
        return taken;
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int SetAffinity(int thread, nuint size, ref ulong mask);
}
