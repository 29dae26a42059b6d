using System.Globalization;
using System.Net.Http.Headers;
using Support.Server.Desk;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;

namespace Support.Server.FunctionApps;

/// <summary>The desk as Azure runs it: both published apps, each under a stand-in for the Functions host, over emulated Storage queues.</summary>
internal sealed class DeskInFunctionApps : IRunningDesk
{
    private readonly ChildProcess _storage;
    private readonly ChildProcess _functions;
    private readonly ChildProcess _ingestion;
    private readonly string _connectionString;
    private readonly string _key;
    private readonly HttpMessageInvoker _client;

    /// <param name="key">The bearer key of the doors.</param>
    public DeskInFunctionApps(DataFolder data, FunctionAppsOptions options, string key, HttpMessageInvoker client, Action<string> say, TimeProvider clock)
    {
        var (functions, ingestion, queues) = (LoopbackPort.Free(), LoopbackPort.Free(), LoopbackPort.Free());
        Url = $"http://127.0.0.1:{functions}";
        DocumentsUrl = $"http://127.0.0.1:{ingestion}";
        _connectionString = EmulatedStorage.ConnectionString(queues);
        _key = key;
        _client = client;
        _storage = new ChildProcess(EmulatedStorage.Program(data, options.Azurite, queues), say, clock);
        _functions = new ChildProcess(HostOf(data, options, "functions", functions), say, clock);
        _ingestion = new ChildProcess(HostOf(data, options, "ingestion", ingestion), say, clock);
    }

    public string Url { get; }

    public string DocumentsUrl { get; }

    public int? Pid => _functions.Pid;

    public int Restarts => _functions.Restarts + _ingestion.Restarts;

    private static ChildProgram HostOf(DataFolder data, FunctionAppsOptions options, string app, int port) => new(app, data.ProcessOf(app), options.Host,
        ["--app", Path.Combine(options.Apps, app), "--port", port.ToString(CultureInfo.InvariantCulture), ParentWatch.Option]);

    public void Start(IReadOnlyDictionary<string, string> settings)
    {
        _storage.Start(settings);
        var withStorage = new Dictionary<string, string>(settings, StringComparer.Ordinal) { ["AzureWebJobsStorage"] = _connectionString };
        _functions.Start(withStorage);
        _ingestion.Start(withStorage);
    }

    /// <summary>What a deployment ends with: migrations, tenants, webhooks.</summary>
    public async Task PrepareAsync(CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url + "/set-up") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _key) } };
        using var response = await _client.SendAsync(request, cancel);
        if (!response.IsSuccessStatusCode)
            throw new UpException($"The function app cannot set the desk up: {await response.Content.ReadAsStringAsync(cancel)}");
    }

    public void Kill()
    {
        _functions.Kill();
        _ingestion.Kill();
    }

    public void Change(string setting, string value)
    {
        _functions.Change(setting, value);
        _ingestion.Change(setting, value);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_functions.DisposeAsync().AsTask(), _ingestion.DisposeAsync().AsTask());
        await _storage.DisposeAsync();
    }
}
