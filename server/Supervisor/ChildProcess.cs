using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Support.Server.Desk;
using Support.Server.PrivateDatabase;

namespace Support.Server.Supervisor;

/// <summary>Keeps a program running as a child process: started again whenever it ends, until it is stopped on purpose.</summary>
internal sealed class ChildProcess(ChildProgram program, Action<string> say, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseAfterKill = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Steady = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(25);

    private readonly Dictionary<string, string> _settings = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _one = new();
    private Process? _process;
    private TimeSpan? _nextPause;
    private Task _keep = Task.CompletedTask;

    public int? Pid
    {
        get
        {
            lock (_one)
                return _process is { HasExited: false } process ? process.Id : null;
        }
    }

    public int Restarts { get; private set; }

    /// <param name="settings">Environment variables, beside those of this process.</param>
    public void Start(IReadOnlyDictionary<string, string> settings)
    {
        foreach (var (name, value) in settings)
            _settings[name] = value;
        EndLeftover();
        _keep = KeepAsync();
    }

    // A child ends with its supervisor. One that could not (say, it was stopped by a debugger) must not serve beside the new one.
    private void EndLeftover()
    {
        if (!File.Exists(program.PidFile) || !int.TryParse(File.ReadAllText(program.PidFile), CultureInfo.InvariantCulture, out var pid))
            return;
        if (ProcessTable.IsAlive(pid) && ProcessTable.CommandLineOf(pid) is { } command && command.Contains(ParentWatch.Option, StringComparison.Ordinal))
            ProcessTable.Signal(pid, Signal.Kill);
    }

    private async Task KeepAsync()
    {
        var pause = ShortestPause;
        while (!_stop.IsCancellationRequested)
        {
            var begun = clock.GetTimestamp();
            var ended = await RunOnceAsync();
            if (_stop.IsCancellationRequested)
                return;

            if (clock.GetElapsedTime(begun) > Steady)
                pause = ShortestPause;
            var wait = TakeNextPause() ?? pause;
            say($"{program.Name}: {ended} and is started again in {wait.TotalSeconds:0.#} s");
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            try
            {
                await Task.Delay(wait, clock, _stop.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            Restarts++;
        }
    }

    private async Task<string> RunOnceAsync()
    {
        try
        {
            if (Launch() is not { } process)
                return "";

            await process.WaitForExitAsync(CancellationToken.None);
            var ended = $"process {process.Id} ended with {process.ExitCode}";
            Forget(process);
            return ended;
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            // The program is being replaced, or the disk is full: later it may start, and be noted.
            Kill();
            return $"its process could not be started ({e.Message})";
        }
    }

    private Process? Launch()
    {
        var start = new ProcessStartInfo(program.File, program.Arguments) { UseShellExecute = false, RedirectStandardInput = true };
        lock (_one)
        {
            if (_stop.IsCancellationRequested)
                return null;

            foreach (var (name, value) in _settings)
                start.Environment[name] = value;
            _process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} could not be started.");
            File.WriteAllText(program.PidFile, _process.Id.ToString(CultureInfo.InvariantCulture));
            return _process;
        }
    }

    private void Forget(Process process)
    {
        lock (_one)
            _process = null;
        process.Dispose();
    }

    private TimeSpan? TakeNextPause()
    {
        lock (_one)
        {
            var pause = _nextPause;
            _nextPause = null;
            return pause;
        }
    }

    /// <summary>Ends it as a power cut would; it comes back after two seconds.</summary>
    public int? Kill()
    {
        lock (_one)
        {
            if (_process is not { HasExited: false } process)
                return null;

            _nextPause = PauseAfterKill;
            process.Kill();
            return process.Id;
        }
    }

    /// <summary>Starts it again with one setting changed.</summary>
    public void Change(string setting, string value)
    {
        lock (_one)
        {
            _settings[setting] = value;
            _nextPause = TimeSpan.Zero;
            if (_process is { HasExited: false } process)
                ProcessTable.Signal(process.Id, Signal.Terminate);
        }
    }

    /// <summary>Lets it finish what it has in hand; ends it by force when that takes too long.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_one)
            _stop.Cancel();
        if (Pid is { } pid)
        {
            ProcessTable.Signal(pid, Signal.Terminate);
            try
            {
                await _keep.WaitAsync(Farewell, clock);
            }
            catch (TimeoutException)
            {
                say($"{program.Name}: process {pid} did not end within {Farewell.TotalSeconds:0} s and is killed");
                ProcessTable.Signal(pid, Signal.Kill);
            }
        }

        await _keep;
        File.Delete(program.PidFile);
        _stop.Dispose();
    }
}
