using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Support.Server.PrivateDatabase;

internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
}

/// <summary>Other processes, by number: what .NET's <see cref="Process"/> does not tell about those that are not its children.</summary>
internal static class ProcessTable
{
    public static bool IsAlive(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return Kill(pid, 0) == 0;

        try
        {
            // A zombie answers signals as if it lived; its state stands after the name, which may hold anything but ends at the last parenthesis.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The text of a file in the folder a process works in; null when there is none, or the system does not tell.</summary>
    public static string? ReadInFolderOf(int pid, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cwd/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The command line of a process, its words joined by spaces, where the system tells.</summary>
    public static string? CommandLineOf(int pid)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ').Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>False when there is no such process any more.</summary>
    public static bool Signal(int pid, Signal signal) => Kill(pid, (int)signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
