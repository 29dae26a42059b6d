using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Support.Contracts;
using Support.Server.PrivateDatabase;

namespace Support.Tests.WholeApp.FunctionApps;

/// <summary>A published function app without a host: started as the host starts it, called by the test itself.</summary>
internal sealed class BareApp : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _output = new();

    private BareApp(Process process, string url)
    {
        Process = process;
        Url = url;
        Process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        Process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        Process.BeginOutputReadLine();
        Process.BeginErrorReadLine();
    }

    public Process Process { get; }

    public string Url { get; }

    public string Output => string.Join('\n', _output);

    public static BareApp Start(string app, Dictionary<string, string?> settings)
    {
        var port = LoopbackPort.Free();
        var program = Directory.GetFiles(PublishedApps.Folder(app), app == "functions" ? "Support.Functions" : "Support.Ingestion").Single();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["FUNCTIONS_CUSTOMHANDLER_PORT"] = port.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return new BareApp(Process.Start(start)!, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    /// <summary>Any answer counts, as for the host.</summary>
    public async Task UntilItAnswersAsync() => await Eventually.HoldsAsync(
        async () =>
        {
            Assert.False(Process.HasExited, Output);
            try
            {
                using var response = await DeskServer.Http.GetAsync(Url + "/");
                return true;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        "the app answers");

    public async Task<(int Status, string? Type, string Body)> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url + path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await DeskServer.Http.SendAsync(request);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
            Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
    }
}
