using Support.Contracts;
using Support.FunctionsHost.Handler;
using Support.FunctionsHost.Queues;

[assembly: AssemblyFixture(typeof(Support.Tests.FunctionsHost.Azurite))]

namespace Support.Tests.FunctionsHost;

/// <summary>A queue service of Azurite for all tests, each of which uses queues of its own. It ends with the test process.</summary>
public sealed class Azurite : IAsyncLifetime
{
    private static int _names;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly int _port = FreePort.Take();
    private System.Diagnostics.Process? _process;

    public string Connection => $"UseDevelopmentStorage=false;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;QueueEndpoint=http://127.0.0.1:{_port}/devstoreaccount1;";

    public static string NewName() => $"jobs-{Interlocked.Increment(ref _names)}";

    internal StorageQueue Queue(string name) => new(_http, StorageAccount.Parse("AzureWebJobsStorage", Connection), name);

    /// <summary>The texts of all messages that are visible now; they stay hidden for a second after it.</summary>
    internal async Task<IReadOnlyList<string>> VisibleAsync(string queue)
    {
        try
        {
            return [.. (await Queue(queue).TakeAsync(32, TimeSpan.FromSeconds(1), CancellationToken.None)).Select(message => message.Body)];
        }
        catch (StorageException e) when (e.Code == StorageException.NoQueue)
        {
            return [];
        }
    }

    /// <summary>Messages in the queue, hidden ones included.</summary>
    public async Task<int> CountAsync(string queue)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{StorageAccount.Parse("", Connection).Queues}/{queue}?comp=metadata");
        SharedKey.Sign(request, StorageAccount.Parse("", Connection), 0, TimeProvider.System.GetUtcNow());
        using var answer = await _http.SendAsync(request, CancellationToken.None);
        return answer.IsSuccessStatusCode ? int.Parse(answer.Headers.GetValues("x-ms-approximate-messages-count").Single()) : -1;
    }

    public async ValueTask InitializeAsync()
    {
        var tools = Path.Combine(Root(), "tests", "tools", "node_modules", "azurite", "dist", "src", "queue", "main.js");
        Assert.True(File.Exists(tools), $"{tools} is not there: run `npm ci` in tests/tools.");
        var folder = TestFolders.New("azurite");
        _process = await Launcher.StartAsync("/usr/bin/env", $"node \"{tools}\" --inMemoryPersistence --disableTelemetry --silent --queuePort {_port}", start =>
        {
            start.WorkingDirectory = folder;
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
        });
        await Eventually.HoldsAsync(async () =>
        {
            try
            {
                await Queue("first").CreateAsync(CancellationToken.None);
                return true;
            }
            catch (StorageException)
            {
                return false;
            }
        }, "Azurite answers");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "dev.cs")))
            folder = folder.Parent ?? throw new InvalidOperationException("No folder above the tests holds dev.cs.");
        return folder.FullName;
    }

    public ValueTask DisposeAsync()
    {
        _process?.Kill();
        _process?.Dispose();
        _http.Dispose();
        return ValueTask.CompletedTask;
    }
}
