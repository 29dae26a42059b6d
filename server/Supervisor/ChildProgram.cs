using Support.Server.Desk;

namespace Support.Server.Supervisor;

/// <summary>What is run as a child: it ends when its standard input does, and its command line says so, which tells it from a stranger with its number.</summary>
/// <param name="Name">Before each line that is said about it.</param>
/// <param name="PidFile">Where its number is kept while it runs.</param>
internal sealed record ChildProgram(string Name, string PidFile, string File, IReadOnlyList<string> Arguments)
{
    /// <summary>The desk itself, in one process.</summary>
    public static ChildProgram Desk(DataFolder data)
    {
        var here = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Support.Server.exe" : "Support.Server");
        return System.IO.File.Exists(here)
            ? new ChildProgram("Desk", data.DeskProcess, here, ["serve", ParentWatch.Option])
            : new ChildProgram("Desk", data.DeskProcess, Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "Support.Server.dll"), "serve", ParentWatch.Option]);
    }
}
