using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Support.QdrantStandIn;

namespace Support.Contracts.Qdrant;

/// <summary>
/// What the tests take for Qdrant: the stand-in, which checks every body; or with SUPPORT_TEST_QDRANT=http://host:port a real server, in which
/// each test has a collection of its own and removes it. SUPPORT_TEST_QDRANT_KEY is its key, if it asks for one.
/// </summary>
public sealed class TestQdrant : IAsyncDisposable
{
    private static readonly string? Real = Environment.GetEnvironmentVariable("SUPPORT_TEST_QDRANT");
    private static readonly string? RealKey = Environment.GetEnvironmentVariable("SUPPORT_TEST_QDRANT_KEY");

    private TestQdrant(StandInServer? standIn, string? key)
    {
        StandIn = standIn;
        Settings = new Dictionary<string, string?>
        {
            ["Support:Qdrant:Url"] = standIn?.Url.ToString() ?? Real,
            ["Support:Qdrant:ApiKey"] = standIn is null ? RealKey : key,
            ["Support:Qdrant:Collection"] = $"test-{Guid.NewGuid():N}",
        };
    }

    /// <summary>Null when it is a real server.</summary>
    public StandInServer? StandIn { get; }

    public Dictionary<string, string?> Settings { get; }

    public string Collection => Settings["Support:Qdrant:Collection"]!;

    public static async Task<TestQdrant> StartAsync() =>
        string.IsNullOrEmpty(Real) ? await StandInAsync(new StandInOptions { Records = true }) : new TestQdrant(null, null);

    /// <summary>For what only the stand-in can be made to do.</summary>
    public static async Task<TestQdrant> StandInAsync(StandInOptions options) =>
        new(await StandInServer.StartAsync(options with { Check = QdrantBodies.CheckAsync }), options.ApiKey);

    /// <param name="add">AddQdrant, which the contracts do not know.</param>
    public Task<KnowledgeDesk> DeskAsync(Action<IServiceCollection, IConfiguration> add, string? database = null) => KnowledgeDesk.CreateAsync(Settings, add, database);

    public async ValueTask DisposeAsync()
    {
        if (StandIn is null)
        {
            await RemoveAsync();
            return;
        }
        await StandIn.DisposeAsync();
        if (!StandIn.Mistakes.IsEmpty)
            throw new InvalidOperationException($"Calls that do not fit Qdrant's description: {string.Join("; ", StandIn.Mistakes.Distinct())}");
    }

    private async Task RemoveAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(Real!) };
        if (RealKey is not null)
            http.DefaultRequestHeaders.Add("api-key", RealKey);
        var all = await http.GetFromJsonAsync<JsonObject>("collections");
        foreach (var name in all!["result"]!["collections"]!.AsArray().Select(one => (string)one!["name"]!).Where(name => name.StartsWith(Collection, StringComparison.Ordinal)))
            await http.DeleteAsync(new Uri($"collections/{name}", UriKind.Relative));
    }
}
