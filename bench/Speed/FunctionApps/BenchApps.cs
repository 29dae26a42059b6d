using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Support.Contracts;
using Support.FunctionsHost;
using Support.Server.PrivateDatabase;
using Support.Simulation;

namespace Support.Bench.Speed.FunctionApps;

/// <summary>The same company as in <see cref="BenchDesk"/>, on both published function apps under the stand-in for the Functions host, over Azurite.</summary>
internal sealed class BenchApps : IAsyncDisposable
{
    private const string Key = "bench-key";
    private readonly BenchPostgres _postgres;
    private readonly RunningSimulation _simulation;
    private readonly Azurite _azurite;
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromMinutes(10) };

    private BenchApps(BenchPostgres postgres, RunningSimulation simulation, Azurite azurite, FunctionsHostRun functions, FunctionsHostRun ingestion)
    {
        _postgres = postgres;
        _simulation = simulation;
        _azurite = azurite;
        Functions = functions;
        Ingestion = ingestion;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public FunctionsHostRun Functions { get; }

    public FunctionsHostRun Ingestion { get; }

    public SimulatedTelegram Telegram => _simulation.Telegram;

    public static string Folder(string app) =>
        Path.Combine(Repository.Root, "artifacts", "apps", app) is var folder && File.Exists(Path.Combine(folder, "host.json"))
            ? folder
            : throw new UsageException($"{folder} holds no published app. First: dotnet run dev.cs publish --functions artifacts/apps");

    public static async Task<BenchApps> StartAsync(BenchOptions options, CancellationToken cancellation)
    {
        var postgres = await BenchPostgres.StartAsync(cancellation);
        var simulated = new SimulationOptions { MessagesKeptPerChat = 20 };
        foreach (var bot in BenchDesk.Bots)
            simulated.Bots.Add(bot);
        var simulation = await SimulationHost.StartAsync(simulated, "http://127.0.0.1:0", cancellation);
        var azurite = await Azurite.StartAsync();
        var port = LoopbackPort.Free();
        var settings = BenchDesk.Settings(postgres, simulation, options).ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        settings["Support__Http__UploadKey"] = Key;
        settings["Support__Telegram__PublicUrl"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        settings["AzureWebJobsStorage"] = azurite.NewAccount().ConnectionString;
        var apps = new BenchApps(postgres, simulation, azurite, await HostAsync("functions", port, settings, cancellation), await HostAsync("ingestion", 0, settings, cancellation));
        await apps.SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(apps.Functions.BaseUrl, "set-up")), cancellation);
        return apps;
    }

    private static Task<FunctionsHostRun> HostAsync(string app, int port, Dictionary<string, string?> settings, CancellationToken cancellation) =>
        FunctionsHostRun.StartAsync(new FunctionsHostOptions { AppFolder = Folder(app), Port = port, Environment = settings }, cancellation);

    /// <summary>Returns once the text can be used for answers.</summary>
    public Task<JsonElement> UploadAsync(string name, byte[] bytes, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Ingestion.BaseUrl, "documents?name=" + name)) { Content = new ByteArrayContent(bytes) }, cancellation);

    public Task<JsonElement> AskAsync(string question, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(Functions.BaseUrl, "ask")) { Content = JsonContent.Create(new { question }) }, cancellation);

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            using var response = await _http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsStringAsync(cancellation);
            if (!response.IsSuccessStatusCode)
                throw new InvalidOperationException($"{request.RequestUri} answered {(int)response.StatusCode}: {body}");
            using var json = JsonDocument.Parse(body);
            return json.RootElement.Clone();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Functions.DisposeAsync();
        await Ingestion.DisposeAsync();
        await _azurite.DisposeAsync();
        await _simulation.DisposeAsync();
        await _postgres.DisposeAsync();
        _http.Dispose();
    }
}
