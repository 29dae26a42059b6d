using System.Diagnostics;
using System.Text;

namespace Support.Tesseract;

/// <summary>How the program is started: a process of its own, with a limit on memory, so that a picture made to break its reader breaks that process only.</summary>
internal sealed record TesseractProgram(string Path)
{
    private const string Off = "none";
    private const string Shell = "/bin/sh";

    /// <summary>Sets the limit on memory and becomes the program.</summary>
    private const string Limited = "ulimit -v \"$0\" && exec \"$@\"";

    /// <param name="program">A name on the PATH, or a full path.</param>
    /// <returns>Null when there is none.</returns>
    public static TesseractProgram? Find(string program)
    {
        if (program == Off)
            return null;
        var places = System.IO.Path.IsPathRooted(program)
            ? [program]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .SelectMany(folder => new[] { System.IO.Path.Combine(folder, program), System.IO.Path.Combine(folder, program + ".exe") });
        return places.FirstOrDefault(File.Exists) is { } found ? new TesseractProgram(found) : null;
    }

    public ProcessStartInfo Command(long memoryBytes, params ReadOnlySpan<string> arguments)
    {
        string[] all = [Path, .. arguments];
        string[] command = OperatingSystem.IsLinux() ? [Shell, "-c", Limited, $"{memoryBytes / 1024}", .. all] : all;
        return new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            UseShellExecute = false,
            // Its own threads make it slower, and take the processors from others.
            Environment = { ["OMP_THREAD_LIMIT"] = "1" },
        };
    }
}
