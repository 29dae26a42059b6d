using System.Collections.Concurrent;
using System.Text.Json;
using Support.Contracts;
using Support.FunctionsHost;

namespace Support.Tests.FunctionsHost;

/// <summary>An app running under the stand-in, and everything it said.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    private readonly ConcurrentQueue<HostLine> _lines;

    private HostedApp(FunctionsHostRun host, ConcurrentQueue<HostLine> lines)
    {
        (Host, _lines) = (host, lines);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = host.BaseUrl };
    }

    public FunctionsHostRun Host { get; }

    public HttpClient Client { get; }

    public IReadOnlyList<HostLine> Lines => [.. _lines];

    /// <summary>Requests that came to the handler as envelopes.</summary>
    public IReadOnlyList<Got> Envelopes =>
        [.. _lines.Where(line => line.Source == HostLine.Handler && line.Text.StartsWith("got ", StringComparison.Ordinal)).Select(line => JsonSerializer.Deserialize<Got>(line.Text[4..])!)];

    public static async Task<HostedApp> StartAsync(AppFolder folder, Azurite? azurite = null, TimeProvider? clock = null, params (string Name, string Value)[] environment)
    {
        var lines = new ConcurrentQueue<HostLine>();
        var settings = environment.ToDictionary(e => e.Name, e => (string?)e.Value, StringComparer.Ordinal);
        settings["AzureWebJobsStorage"] = azurite?.Connection;
        var options = new FunctionsHostOptions { AppFolder = folder.Save(), Environment = settings, Clock = clock ?? TimeProvider.System, Log = lines.Enqueue };
        return new HostedApp(await FunctionsHostRun.StartAsync(options, CancellationToken.None), lines);
    }

    public Task<Got> EnvelopeAsync(int index = 0) => Eventually.GetAsync(() => Envelopes.ElementAtOrDefault(index), $"envelope {index} reaches the handler");

    public Task<HostLine> SaidAsync(string text) =>
        Eventually.GetAsync(() => _lines.FirstOrDefault(line => line.Text.Contains(text, StringComparison.Ordinal)), $"'{text}' is said; said was:\n{string.Join('\n', _lines)}");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }
}
