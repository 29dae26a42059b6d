using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Support.Contracts;

namespace Support.Tests.Machine;

/// <summary>Debian's HAProxy with infra/haproxy.cfg as it is, before desks at the given addresses.</summary>
internal sealed class RunningProxy : IAsyncDisposable
{
    private readonly Process _process;

    private RunningProxy(Process process, int port, string certificate)
    {
        _process = process;
        // Signed by nobody, and known nevertheless.
        var known = X509CertificateLoader.LoadCertificateFromFile(certificate).GetCertHashString();
        var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, given, _, _) => given?.GetCertHashString() == known;
        Client = new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{port}") };
    }

    public HttpClient Client { get; }

    public static string Program => File.Exists("/usr/sbin/haproxy") ? "/usr/sbin/haproxy" : "haproxy";

    public static string Configuration => Repository.PathOf("infra/haproxy.cfg");

    public static async Task<RunningProxy> StartAsync(params string[] desks)
    {
        var (plain, secure, certificate) = (FreePort(), FreePort(), Certificate.Make(TimeProvider.System));
        var start = new ProcessStartInfo(Program, ["-db", "-f", Configuration]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SUPPORT_CERTIFICATE"] = certificate;
        start.Environment["SUPPORT_HTTP"] = $"127.0.0.1:{plain}";
        start.Environment["SUPPORT_HTTPS"] = $"127.0.0.1:{secure}";
        for (var i = 0; i < 3; i++)
            start.Environment[$"SUPPORT_SERVER_{i + 1}"] = i < desks.Length ? desks[i] : $"127.0.0.1:{FreePort()}";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var proxy = new RunningProxy(process, secure, certificate);
        await Eventually.HoldsAsync(proxy.AnswersAsync, "HAProxy answers");
        return proxy;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health", UriKind.Relative));
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
