using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Support.Bench.Speed;

/// <summary>The real server process: `Support.Server serve`.</summary>
internal sealed class DeskProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private DeskProcess(string url, Process process)
    {
        Url = url;
        _process = process;
    }

    public string Url { get; }

    public int Pid => _process.Id;

    /// <summary>The last lines it wrote.</summary>
    public string Output => string.Join('\n', _output);

    public static async Task<DeskProcess> StartAsync(IReadOnlyDictionary<string, string> settings, HttpClient http, CancellationToken cancellation)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "Support.Server.dll"), "serve"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        start.Environment["Support__Http__Url"] = url;
        start.Environment["Support__Telegram__PublicUrl"] = url;
        var desk = new DeskProcess(url, Process.Start(start) ?? throw new InvalidOperationException("dotnet could not be started."));
        desk.Listen();
        await desk.UntilHealthyAsync(http, cancellation);
        return desk;
    }

    private void Listen()
    {
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        while (_output.Count > 100)
            _output.TryDequeue(out _);
    }

    private async Task UntilHealthyAsync(HttpClient http, CancellationToken cancellation)
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(http, cancellation))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException($"The desk does not start. It says: {Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(25), TimeProvider.System, cancellation);
        }
    }

    private async Task<bool> AnswersAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync(Url + "/health", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: nothing is flushed, nothing is said.</summary>
    public async Task KillAsync()
    {
        if (_process.HasExited)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
