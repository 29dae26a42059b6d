using System.Globalization;
using Support.Server.PrivateDatabase;

namespace Support.Server.Supervisor;

/// <summary>The <c>dotnet run</c> that <c>dev.cs</c> was started by, if it was. When it is killed, no signal tells its child, so it is looked at.</summary>
internal static class Starter
{
    public const string Variable = "SUPPORT_STARTED_BY";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    public static int? Pid => int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    /// <summary>Calls <paramref name="gone"/> when the starter has ended. Never, when there is none.</summary>
    public static async Task WatchAsync(Action gone, TimeProvider clock, CancellationToken cancel)
    {
        if (Pid is not { } pid)
            return;

        using var timer = new PeriodicTimer(Glance, clock);
        while (ProcessTable.IsAlive(pid))
            await timer.WaitForNextTickAsync(cancel);
        gone();
    }
}
