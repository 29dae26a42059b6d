using System.Diagnostics;
using System.Text;

namespace Support.Ingestion.Readers;

/// <summary>How pdftotext is started: this machine's, or the one that a published function app carries with its libraries and their loader.</summary>
internal sealed record PdfProgram(IReadOnlyList<string> Start)
{
    private const string Shell = "/bin/sh";

    /// <summary>Sets the limit on memory and becomes the program. A part of the shell, so that it needs nothing on the PATH.</summary>
    private const string Limited = "ulimit -v \"$0\" && exec \"$@\"";

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "poppler");

    /// <param name="program">A name on the PATH, or a full path.</param>
    /// <returns>Null when there is none.</returns>
    public static PdfProgram? Find(string program)
    {
        if (program == ReaderLimits.DefaultPdfProgram && File.Exists(Path.Combine(Shipped, "loader")))
            return new PdfProgram([Path.Combine(Shipped, "loader"), "--library-path", Path.Combine(Shipped, "lib"), Path.Combine(Shipped, "pdftotext")]);
        if (Path.IsPathRooted(program))
            return File.Exists(program) ? new PdfProgram([program]) : null;
        return OnPath(program) is { } found ? new PdfProgram([found]) : null;
    }

    public ProcessStartInfo Command(string document, ReaderLimits limits)
    {
        string[] all = [.. Start, "-bbox-layout", "-enc", "UTF-8", document, "-"];
        string[] command = OperatingSystem.IsLinux() ? [Shell, "-c", Limited, $"{limits.PdfMemoryBytes / 1024}", .. all] : all;
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8, UseShellExecute = false };
    }

    private static string? OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe") })
            .FirstOrDefault(File.Exists);
}
