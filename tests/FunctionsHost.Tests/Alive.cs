using System.Diagnostics;

namespace Support.Tests.FunctionsHost;

internal static class Alive
{
    /// <summary>A process that has ended and waits to be noticed by its parent is not alive.</summary>
    public static bool Is(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited && !(File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is ArgumentException or IOException)
        {
            return false;
        }
    }
}
