namespace Support.Bench.Speed;

/// <summary>
/// Processor time that desk, PostgreSQL and this process (load and simulated Telegram) have used. What a piece of work
/// costs is told by it even while somebody else keeps the machine busy.
/// </summary>
internal sealed record CpuTime(double Desk, double Postgres, double Bench)
{
    // Linux counts in hundredths of a second on every architecture .NET runs on.
    private const double TicksPerSecond = 100;

    public static CpuTime Now(BenchDesk desk) => new(
        OfProcess(desk.Process.Pid)?.Own ?? 0,
        OfFamily(desk.Postgres.Pid),
        Environment.CpuUsage.TotalTime.TotalSeconds);

    /// <summary>Microseconds for each of so many pieces of work done since <paramref name="before"/>.</summary>
    public IReadOnlyDictionary<string, object?> PerPiece(CpuTime before, double count) => new Dictionary<string, object?>
    {
        ["desk"] = Microseconds(Desk - before.Desk, count),
        ["postgresql"] = Microseconds(Postgres - before.Postgres, count),
        ["load_and_simulation"] = Microseconds(Bench - before.Bench, count),
    };

    private static double Microseconds(double seconds, double count) => Math.Round(seconds * 1_000_000 / Math.Max(1, count), 1);

    /// <summary>A process with its children, those that have ended included.</summary>
    private static double OfFamily(int parent)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var seconds = 0.0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var pid) && OfProcess(pid) is { } time && (pid == parent || time.Parent == parent))
                seconds += time.Own + (pid == parent ? time.Ended : 0);
        return seconds;
    }

    private static (int Parent, double Own, double Ended)? OfProcess(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The name in parentheses may hold anything; the numbers begin behind it.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            double Seconds(int at) => long.Parse(fields[at]) / TicksPerSecond;
            return (int.Parse(fields[1]), Seconds(11) + Seconds(12), Seconds(13) + Seconds(14));
        }
        catch (IOException)
        {
            // It has ended meanwhile, or this is not Linux.
            return null;
        }
    }
}
