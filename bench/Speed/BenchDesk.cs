using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using Support.Simulation;
using Support.Tenants;

namespace Support.Bench.Speed;

/// <summary>One company with many bots on the real server process, a PostgreSQL of its own, and a simulated Telegram in this process.</summary>
internal sealed class BenchDesk : IAsyncDisposable
{
    /// <summary>At 30 messages a second each, far above what one machine answers.</summary>
    public const int BotCount = 24;

    public const string MasterKey = "YmVuY2ggbWFzdGVyIGtleSBiZW5jaCBtYXN0ZXIga2V5IQ==";
    private readonly RunningSimulation _simulation;

    private BenchDesk(BenchPostgres postgres, RunningSimulation simulation, DeskProcess process, HttpClient http, TenantId tenant)
    {
        Postgres = postgres;
        _simulation = simulation;
        Process = process;
        Http = http;
        Tenant = tenant;
    }

    public static IReadOnlyList<SimulatedBot> Bots { get; } =
        [.. Enumerable.Range(0, BotCount).Select(i => new SimulatedBot($"{910_001 + i}:SIMULATION-0000000000000000000000000000", $"bench_{i}_bot", "Bench"))];

    public BenchPostgres Postgres { get; }

    public DeskProcess Process { get; }

    public HttpClient Http { get; }

    public TenantId Tenant { get; }

    public SimulatedTelegram Telegram => _simulation.Telegram;

    public static async Task<BenchDesk> StartAsync(BenchOptions options, CancellationToken cancellation, IReadOnlyDictionary<string, string>? further = null)
    {
        var postgres = await BenchPostgres.StartAsync(cancellation);
        var simulated = new SimulationOptions { MessagesKeptPerChat = 20 };
        foreach (var bot in Bots)
            simulated.Bots.Add(bot);
        var simulation = await SimulationHost.StartAsync(simulated, "http://127.0.0.1:0", cancellation);
        var http = new HttpClient(new SocketsHttpHandler()) { Timeout = TimeSpan.FromMinutes(10) };
        var settings = Settings(postgres, simulation, options);
        foreach (var (name, value) in further ?? new Dictionary<string, string>())
            settings[name] = value;
        var process = await DeskProcess.StartAsync(settings, http, cancellation);
        var tenant = await postgres.ReadAsync(TenantAsync, cancellation);
        return new BenchDesk(postgres, simulation, process, http, tenant);
    }

    /// <summary>What the desk is told, whichever way it runs.</summary>
    public static Dictionary<string, string> Settings(BenchPostgres postgres, RunningSimulation simulation, BenchOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["Support__Database__ConnectionString"] = postgres.ConnectionString,
            ["Support__Security__MasterKey"] = MasterKey,
            ["Support__Telegram__ApiUrl"] = simulation.BaseUrl.ToString(),
            ["Support__Conversations__BurstSeconds"] = "0",
            ["Support__Confidence__Threshold"] = options.Threshold.ToString(),
            // What is measured is an answer.
            ["Support__Confidence__Choices"] = "false",
            ["Support__Tenants__0__Name"] = "bench",
        };
        for (var i = 0; i < Bots.Count; i++)
            settings[$"Support__Tenants__0__Tokens__{i}"] = Bots[i].Token;
        return settings;
    }

    public static async Task<TenantId> TenantAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select id from tenant where name = 'bench'", connection);
        return new TenantId((Guid)(await command.ExecuteScalarAsync())!);
    }

    public string SecretOf(SimulatedBot bot) => WebhookSecret.Make(SecretBox.Derive(MasterKey, "webhook"), Tenant, new BotId(bot.Id), generation: 1);

    /// <summary>Returns once the text can be used for answers.</summary>
    public async Task<JsonElement> UploadAsync(string name, byte[] bytes, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Process.Url}/documents?name={name}") { Content = new ByteArrayContent(bytes) };
        return await SendAsync(request, cancellation);
    }

    public async Task<JsonElement> AskAsync(string question, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Process.Url + "/ask") { Content = JsonContent.Create(new { question }) };
        return await SendAsync(request, cancellation);
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var keys = new UploadKeys(SecretBox.Derive(MasterKey, "upload"), configured: null);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys.KeyOf(Tenant));
        using var response = await Http.SendAsync(request, cancellation);
        var body = await response.Content.ReadAsStringAsync(cancellation);
        if (!response.IsSuccessStatusCode)
            throw new InvalidOperationException($"The desk answered {(int)response.StatusCode}: {body}");
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await _simulation.DisposeAsync();
        Http.Dispose();
        await Postgres.DisposeAsync();
    }
}
