using System.Globalization;
using System.Runtime.InteropServices;

namespace Support.Bench.Speed;

/// <summary>What a figure was measured on.</summary>
internal static class Machine
{
    /// <summary>Set once a PostgreSQL was started.</summary>
    public static string? PostgresVersion { get; set; }

    public static IReadOnlyDictionary<string, object?> Describe() => new Dictionary<string, object?>
    {
        ["cores"] = Environment.ProcessorCount,
        ["cpu"] = Line("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        ["memory_mb"] = Kilobytes("/proc/meminfo", "MemTotal") is { } total ? total / 1024 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20,
        ["os"] = RuntimeInformation.OSDescription,
        ["dotnet"] = RuntimeInformation.FrameworkDescription,
        ["postgresql"] = PostgresVersion,
        // Above the number of cores while measuring alone; what was there before tells whether somebody else was busy.
        ["load_average"] = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : null,
        ["measured_at"] = TimeProvider.System.GetUtcNow().ToString("u", CultureInfo.InvariantCulture),
    };

    /// <summary>Resident memory of a process in MB; null where the system does not tell.</summary>
    public static double? ResidentMb(int pid) => Kilobytes($"/proc/{pid}/status", "VmRSS") is { } resident ? Math.Round(resident / 1024.0, 1) : null;

    public static double? PeakMb(int pid) => Kilobytes($"/proc/{pid}/status", "VmHWM") is { } peak ? Math.Round(peak / 1024.0, 1) : null;

    private static long? Kilobytes(string file, string name) =>
        Line(file, name) is { } value && long.TryParse(value.Split(' ')[0], out var number) ? number : null;

    private static string? Line(string file, string name) =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;
}
