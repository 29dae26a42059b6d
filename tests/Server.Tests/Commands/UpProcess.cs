using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;

namespace Support.Tests.Commands;

/// <summary>The real <c>up</c>, as its own process, in a folder of the test's.</summary>
internal sealed class UpProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<bool> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private UpProcess(string folder, int port, IReadOnlyDictionary<string, string>? environment, IReadOnlyList<string> more)
    {
        Data = new DataFolder(folder);
        Port = port;
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Support.Server"), ["up", "--port", $"{port}", "--data", folder, .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public DataFolder Data { get; }

    public int Port { get; }

    public int Pid => _process.Id;

    public string Output => string.Join('\n', _lines);

    public HttpClient Http { get; } = new();

    public string Url => $"http://127.0.0.1:{Port}";

    /// <summary>Started, and as far as it gets: ready, or ended.</summary>
    public static async Task<UpProcess> StartAsync(string folder, int port, IReadOnlyDictionary<string, string>? environment = null, params string[] more)
    {
        var up = new UpProcess(folder, port, environment, more);
        await Task.WhenAny(up._ready.Task, up._process.WaitForExitAsync()).WaitAsync(Patience);
        return up;
    }

    private void Read(string? line)
    {
        if (line is null)
            return;

        _lines.Enqueue(line);
        if (line == $"ready http://localhost:{Port}")
            _ready.TrySetResult(true);
    }

    public bool IsReady => _ready.Task.IsCompleted;

    public void Signal(Signal signal) => ProcessTable.Signal(Pid, signal);

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async Task<JsonElement> StateAsync() => await Http.GetFromJsonAsync<JsonElement>(Url + "/try/state");

    public async Task<int> HealthAsync() => (int)(await Http.GetAsync(Url + "/health")).StatusCode;

    /// <summary>Looks again and again, on a condition of another process that tells nobody when it changes.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new TimeoutException("What the test waits for did not happen.");
            await timer.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            Signal(Server.PrivateDatabase.Signal.Terminate);
        await ExitAsync();
        _process.Dispose();
        Http.Dispose();
    }
}
