using System.Collections.Concurrent;
using System.Diagnostics;
using Support.Contracts;
using Support.Server.PrivateDatabase;

namespace Support.Tests.WholeApp;

/// <summary>The real server process, with the settings of a test. Killed like a process dies, not stopped, when the test says so.</summary>
internal sealed class DeskServer : IDeskProcess
{
    /// <summary>The desk's own address, unless the test says another; empty for polling.</summary>
    public const string PublicUrl = "Support__Telegram__PublicUrl";

    private readonly Dictionary<string, string> _settings;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    private DeskServer(string url, Dictionary<string, string> settings)
    {
        Url = url;
        _settings = settings;
    }

    public string Url { get; }

    public string DocumentsUrl => Url;

    public int ProcessId => _process!.Id;

    public string Output => string.Join('\n', _output);

    public static HttpClient Http { get; } = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(100) };

    public static async Task<DeskServer> StartAsync(Dictionary<string, string> settings)
    {
        var url = $"http://127.0.0.1:{LoopbackPort.Free()}";
        var server = new DeskServer(url, new Dictionary<string, string>(settings) { ["Support__Http__Url"] = url, [PublicUrl] = settings.GetValueOrDefault(PublicUrl, url) });
        server.Launch();
        await server.UntilHealthyAsync();
        return server;
    }

    public void Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Support.Server.dll"), "serve" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in _settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public async Task UntilHealthyAsync()
    {
        try
        {
            await Eventually.HoldsAsync(IsHealthyAsync, "the desk answers", seconds: 60);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} It says: {Output}", e);
        }
    }

    public async Task<bool> IsHealthyAsync()
    {
        if (_process is { HasExited: true })
            throw new InvalidOperationException($"The desk has ended with {_process.ExitCode}: {Output}");
        try
        {
            using var response = await Http.GetAsync(Url + "/health");
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
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        while (_output.Count > 400)
            _output.TryDequeue(out _);
    }
}
