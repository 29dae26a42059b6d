using System.Collections.Concurrent;
using System.Diagnostics;
using Support.Contracts;
using Support.Server.PrivateDatabase;

namespace Support.Tests.WholeApp.Balanced;

/// <summary>Debian's HAProxy before several servers, with the ideas of infra/haproxy.cfg: who does not answer /health gets nothing, and what a server has not answered goes to another one.</summary>
internal sealed class Proxy : IAsyncDisposable
{
    // Not its child: the shell between the two ends it when the pipe from this process ends, however this process ends.
    private const string WhileInputLasts = "\"$@\" & child=$!; cat > /dev/null; kill -9 $child";

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;

    private Proxy(string url, Process process)
    {
        Url = url;
        _process = process;
    }

    public string Url { get; }

    public string Output => string.Join('\n', _output);

    /// <summary>HAProxy's program; null where it is not installed.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "haproxy")).FirstOrDefault(File.Exists);

    public static async Task<Proxy> StartAsync(int port, IEnumerable<string> servers)
    {
        var file = Path.Combine(TestFolders.New("haproxy"), "haproxy.cfg");
        await File.WriteAllTextAsync(file, Configuration(port, [.. servers.Select(url => new Uri(url).Authority)]));
        var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", WhileInputLasts, "sh", Program!, "-db", "-f", file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var proxy = new Proxy($"http://127.0.0.1:{port}", process);
        process.OutputDataReceived += (_, line) => proxy.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => proxy.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.HoldsAsync(proxy.AnswersAsync, $"HAProxy answers. It says: {proxy.Output}");
        return proxy;
    }

    // http-buffer-request and the larger buffer: only a request that is there as a whole can be sent once more.
    private static string Configuration(int port, string[] servers) =>
        $"""
        global
            maxconn 2000
            tune.bufsize 65536
        defaults
            mode http
            timeout connect 1s
            timeout client 75s
            timeout server 330s
            timeout http-request 30s
            option http-buffer-request
            retries 3
            option redispatch 1
            retry-on conn-failure empty-response 503
        frontend door
            bind 127.0.0.1:{port}
            default_backend servers
        backend servers
            balance roundrobin
            option httpchk GET /health
            http-check expect status 200
            default-server check inter 500ms fall 1 rise 1 observe layer4 error-limit 1 on-error mark-down
        {string.Join('\n', servers.Select((server, i) => $"    server server{i} {server}"))}

        """;

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var response = await DeskServer.Http.GetAsync(Url + "/health");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            Assert.False(_process.HasExited, Output);
            return false;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
            _output.Enqueue(line);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
