using System.Globalization;

namespace Support.Server.PrivateDatabase;

/// <summary>What PostgreSQL says about itself in <c>postmaster.pid</c>.</summary>
internal sealed record PostmasterFile(int Pid, int Port, string Status)
{
    public bool IsReady => Status == "ready";

    public static string In(string folder) => Path.Combine(folder, "postmaster.pid");

    public static PostmasterFile? Read(string folder)
    {
        var lines = TextIn(folder)?.Split('\n') ?? [];
        return lines.Length > 0 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var pid)
            ? new PostmasterFile(
                Math.Abs(pid),
                lines.Length > 3 && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port) ? port : 0,
                lines.Length > 7 ? lines[7].Trim() : "starting")
            : null;
    }

    /// <summary>Whether the process of this file still serves this folder: numbers of processes are used again.</summary>
    public bool IsAlive(string folder) =>
        ProcessTable.IsAlive(Pid) && (!OperatingSystem.IsLinux() || IsSameFile(folder));

    // PostgreSQL works in the folder of its data. Paths cannot be compared: one may lead through a link. The first lines
    // (number, folder, start) never change; the last does.
    private bool IsSameFile(string folder) =>
        ProcessTable.ReadInFolderOf(Pid, "postmaster.pid") is { } theirs
        && TextIn(folder) is { } ours
        && theirs.Split('\n').Take(3).SequenceEqual(ours.Split('\n').Take(3));

    private static string? TextIn(string folder)
    {
        try
        {
            return File.ReadAllText(In(folder));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
