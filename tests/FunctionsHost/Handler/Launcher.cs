using System.Collections.Concurrent;
using System.Diagnostics;

namespace Support.FunctionsHost.Handler;

/// <summary>
/// Starts processes that end with this one, however it ends: on Linux the kernel kills them (setpriv --pdeathsig). It does so
/// when the <em>thread</em> that started them ends, so they are all started by one thread that lives as long as the process.
/// </summary>
internal static class Launcher
{
    private const string DeathSignal = "setpriv";

    private static readonly BlockingCollection<Action> Waiting = [];
    private static readonly Lazy<string?> SetPriv = new(FindSetPriv);

    static Launcher() => new Thread(Work) { IsBackground = true, Name = nameof(Launcher) }.Start();

    /// <summary>Whether a handler ends with a host that was killed with -9. Elsewhere than on Linux it does not.</summary>
    public static bool TakesAlong => SetPriv.Value is not null;

    /// <param name="arguments">One line; it is split at spaces, with quotes as on a command line.</param>
    public static Task<Process> StartAsync(string executable, string arguments, Action<ProcessStartInfo> prepare)
    {
        var start = SetPriv.Value is { } setPriv
            ? new ProcessStartInfo(setPriv, $"--pdeathsig KILL -- \"{executable}\" {arguments}")
            : new ProcessStartInfo(executable, arguments);
        prepare(start);
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting.Add(() => Start(start, started));
        return started.Task;
    }

    private static void Start(ProcessStartInfo start, TaskCompletionSource<Process> started)
    {
        try
        {
            started.SetResult(Process.Start(start)!);
        }
        catch (Exception e)
        {
            // Whoever waits gets the failure; this thread must not end.
            started.SetException(e);
        }
    }

    private static void Work()
    {
        foreach (var one in Waiting.GetConsumingEnumerable())
            one();
    }

    private static string? FindSetPriv() =>
        OperatingSystem.IsLinux()
            ? (Environment.GetEnvironmentVariable("PATH") + ":/usr/bin:/bin").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, DeathSignal)).FirstOrDefault(File.Exists)
            : null;
}
