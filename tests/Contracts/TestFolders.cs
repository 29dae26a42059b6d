using System.Diagnostics;
using System.Globalization;
using Support.Server.PrivateDatabase;

namespace Support.Contracts;

/// <summary>Folders that end with the test process. What a killed test process left, its PostgreSQL included, is cleared away by the next.</summary>
public static class TestFolders
{
    private static readonly Lazy<string> Own = new(Open);
    private static int _made;

    public static string New(string name)
    {
        var folder = Path.Combine(Own.Value, string.Create(CultureInfo.InvariantCulture, $"{name}-{Interlocked.Increment(ref _made)}"));
        Directory.CreateDirectory(folder);
        return folder;
    }

    private static string Open()
    {
        var parent = Path.Combine(Path.GetTempPath(), "support-tests");
        Directory.CreateDirectory(parent);
        foreach (var folder in Directory.GetDirectories(parent))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && !ProcessTable.IsAlive(pid))
                Clear(folder);
        }

        var own = Path.Combine(parent, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        if (Directory.Exists(own))
            Directory.Delete(own, recursive: true);
        Directory.CreateDirectory(own);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Clear(own);
        return own;
    }

    private static void Clear(string folder)
    {
        if (!Directory.Exists(folder))
            return;

        foreach (var cluster in Directory.GetDirectories(folder).SelectMany(Directory.GetDirectories))
        {
            if (PostmasterFile.Read(cluster) is { } left && left.IsAlive(cluster))
                ProcessTable.Signal(left.Pid, Signal.Kill);
        }

        // Clusters are thousands of files: the test process does not wait for their end, and what a dying backend still
        // writes meanwhile, the next test process clears away.
        Process.Start(new ProcessStartInfo("rm", ["-rf", folder]) { UseShellExecute = false, RedirectStandardError = true })?.Dispose();
    }
}
