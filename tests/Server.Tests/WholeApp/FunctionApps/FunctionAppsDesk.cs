using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using Support.Contracts;
using Support.FunctionsHost;
using Support.Server.PrivateDatabase;
using Support.StorageQueue;
using Support.StorageQueue.Account;
using Support.StorageQueue.Rest;

namespace Support.Tests.WholeApp.FunctionApps;

/// <summary>Both published function apps, each under the stand-in for the Functions host, over the queues of a real Azurite.</summary>
internal sealed class FunctionAppsDesk : IDeskProcess
{
    // One for all tests of the process; each desk has an account of its own.
    private static readonly Lazy<Task<Azurite>> Storage = new(Azurite.StartAsync);

    private readonly ConcurrentQueue<string> _output;
    private readonly QueueClient _queues;

    private FunctionAppsDesk(Azurite azurite, AzuriteAccount account, FunctionsHostRun functions, FunctionsHostRun ingestion, ConcurrentQueue<string> output)
    {
        Azurite = azurite;
        Account = account;
        Functions = functions;
        Ingestion = ingestion;
        _output = output;
        _queues = new QueueClient(DeskServer.Http, AccountReader.Read(new StorageQueueOptions { ConnectionString = account.ConnectionString }, azurite.Clock), azurite.Clock);
    }

    public Azurite Azurite { get; }

    public AzuriteAccount Account { get; }

    public FunctionsHostRun Functions { get; }

    public FunctionsHostRun Ingestion { get; }

    public string Url => Functions.BaseUrl.AbsoluteUri.TrimEnd('/');

    public string DocumentsUrl => Ingestion.BaseUrl.AbsoluteUri.TrimEnd('/');

    public string Output => string.Join('\n', _output);

    public static async Task<IDeskProcess> StartAsync(Dictionary<string, string> settings)
    {
        var azurite = await Storage.Value;
        var account = azurite.NewAccount();
        var port = LoopbackPort.Free();
        var environment = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value);
        environment["AzureWebJobsStorage"] = account.ConnectionString;
        environment[DeskServer.PublicUrl] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var output = new ConcurrentQueue<string>();
        var functions = await HostAsync("functions", port, environment, output);
        var desk = new FunctionAppsDesk(azurite, account, functions, await HostAsync("ingestion", 0, environment, output), output);
        await desk.SetUpAsync(settings["Support__Http__UploadKey"]);
        return desk;
    }

    private static async Task<FunctionsHostRun> HostAsync(string app, int port, Dictionary<string, string?> environment, ConcurrentQueue<string> output) =>
        await FunctionsHostRun.StartAsync(new FunctionsHostOptions
        {
            AppFolder = PublishedApps.Folder(app),
            Port = port,
            Environment = environment,
            Log = line => Keep(output, $"{app}: {line}"),
        }, CancellationToken.None);

    private static void Keep(ConcurrentQueue<string> output, string line)
    {
        output.Enqueue(line);
        while (output.Count > 400)
            output.TryDequeue(out _);
    }

    /// <summary>What a deployment ends with.</summary>
    private async Task SetUpAsync(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url + "/set-up") { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
        using var response = await DeskServer.Http.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {answer}\n{Output}");
        Assert.DoesNotContain("\"problem\":\"", answer, StringComparison.Ordinal);
    }

    /// <summary>About how many messages lie in a queue, hidden ones included.</summary>
    public Task<int> MessagesAsync(string queue) => _queues.CountAsync(queue, CancellationToken.None);

    /// <summary>A message as anybody with the account's key could put it.</summary>
    public Task PutTextAsync(string queue, string text) => _queues.PutAsync(queue, text, TimeSpan.Zero, CancellationToken.None);

    public async Task UntilHealthyAsync() => await Eventually.HoldsAsync(IsHealthyAsync, "both apps answer", seconds: 60);

    public async Task<bool> IsHealthyAsync() => await IsHealthyAsync(Url) && await IsHealthyAsync(DocumentsUrl);

    private static async Task<bool> IsHealthyAsync(string url)
    {
        using var response = await DeskServer.Http.GetAsync(url + "/health");
        return response.IsSuccessStatusCode;
    }

    /// <summary>Both handlers, as a scale-in kills them. Their hosts start them again.</summary>
    public Task KillAsync() => Task.WhenAll(Functions.KillHandlerAsync(), Ingestion.KillHandlerAsync());

    public void Launch()
    {
        // The hosts have done it.
    }

    public async ValueTask DisposeAsync()
    {
        await Functions.DisposeAsync();
        await Ingestion.DisposeAsync();
        _queues.Dispose();
    }
}
