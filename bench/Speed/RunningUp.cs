using System.Diagnostics;
using Support.Server.PrivateDatabase;

namespace Support.Bench.Speed;

/// <summary>An `up`, timed from the start of its process to the line `ready …`. Stopped as Ctrl-C stops it.</summary>
internal sealed class RunningUp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly Process _process;

    private RunningUp(Process process) => _process = process;

    public int Pid => _process.Id;

    public double ReadyMs { get; private set; }

    public int Port { get; private set; }

    public static ProcessStartInfo Server(string data) =>
        new("dotnet", [Path.Combine(Repository.Root, "artifacts", "bin", "Support.Server", "release", "Support.Server.dll"), .. Arguments(data), "--samples", Path.Combine(Repository.Root, "samples")]);

    public static ProcessStartInfo Script(string data) => new("dotnet", ["run", Path.Combine(Repository.Root, "dev.cs"), .. Arguments(data)]);

    private static string[] Arguments(string data) => ["up", "--port", $"{LoopbackPort.Free()}", "--data", data];

    public static async Task<RunningUp> StartAsync(ProcessStartInfo command, CancellationToken cancellation)
    {
        command.RedirectStandardOutput = true;
        command.UseShellExecute = false;
        command.WorkingDirectory = Repository.Root;
        var begun = Stopwatch.GetTimestamp();
        var up = new RunningUp(Process.Start(command) ?? throw new InvalidOperationException($"{command.FileName} could not be started."));
        var said = new List<string>();
        while (await up._process.StandardOutput.ReadLineAsync(cancellation).AsTask().WaitAsync(Patience, cancellation) is { } line)
        {
            said.Add(line);
            if (!line.StartsWith("ready ", StringComparison.Ordinal))
                continue;
            up.ReadyMs = Math.Round(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            up.Port = new Uri(line["ready ".Length..].Trim()).Port;
            // Read on, or `up` would stop at a full pipe.
            _ = up._process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return up;
        }
        throw new InvalidOperationException($"`up` ended before it was ready. It said: {string.Join(" | ", said)}");
    }

    public async ValueTask DisposeAsync()
    {
        ProcessTable.Signal(_process.Id, Signal.Terminate);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
