using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Contracts;
using Support.Models;
using Support.OpenAi;
using Support.Simulation.Models;
using Support.Tenants;

namespace Support.Tests.OpenAi;

/// <summary>The desk's models against a scripted server: the real SDK over a socket, with a clock that a test moves.</summary>
internal sealed class ModelDesk : IAsyncDisposable
{
    public const string Key = "sk-test-0123456789abcdefghijklmnopqrstuvwxyz-0123456789";

    private readonly List<RunningScriptedModels> _servers;
    private readonly ServiceProvider _services;

    private ModelDesk(List<RunningScriptedModels> servers, ServiceProvider services, ManualClock clock, RecordedLog log) =>
        (_servers, _services, Clock, Log) = (servers, services, clock, log);

    public ManualClock Clock { get; }

    public RecordedLog Log { get; }

    public Uri ServerUrl => _servers[0].BaseUrl;

    public ScriptedModels Server => _servers[0].Models;

    public ScriptedModels Fallback => _servers[1].Models;

    public IModels Models => _services.GetRequiredService<IModels>();

    public IServiceProvider Services => _services;

    public ModelUse Use { get; } = new(new TenantId(Guid.NewGuid()));

    /// <param name="settings">Below Support:Models, beside one server with all models; "{0}" is its address, "{1}" that of another one.</param>
    public static Task<ModelDesk> OpenAsync(params (string Name, string? Value)[] settings) => OpenAsync(services => { }, settings);

    public static async Task<ModelDesk> OpenAsync(Action<IServiceCollection> add, params (string Name, string? Value)[] settings)
    {
        List<RunningScriptedModels> servers = [];
        for (var i = 0; i < 2; i++)
            servers.Add(await ScriptedModelHost.StartAsync(new ScriptedModelOptions { Dimensions = 64 }, "http://127.0.0.1:0", TestContext.Current.CancellationToken));
        var all = new Dictionary<string, string?>
        {
            ["Endpoint"] = "{0}v1",
            ["Key"] = Key,
            ["Model"] = "chat-1",
            ["Embedding:Model"] = "embed-1",
            ["Transcription:Model"] = "hear-1",
            ["Picture:Model"] = "see-1",
            ["RerankEndpoint:Url"] = "{0}",
            ["RerankEndpoint:Key"] = Key,
        };
        foreach (var (name, value) in settings)
            all[name] = value;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all.Select(pair => KeyValuePair.Create(
            "Support:Models:" + pair.Key, pair.Value?.Replace("{0}", servers[0].BaseUrl.AbsoluteUri, StringComparison.Ordinal).Replace("{1}", servers[1].BaseUrl.AbsoluteUri, StringComparison.Ordinal)))).Build();
        var (clock, log) = (new ManualClock(), new RecordedLog());
        var services = new ServiceCollection().AddSingleton<TimeProvider>(clock).AddLogging(logging => logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(log)).AddSingleton<IModels, NoModels>();
        services.AddModelsAlone(configuration);
        add(services);
        return new ModelDesk(servers, services.BuildServiceProvider(), clock, log);
    }

    /// <summary>Lets pauses between tries pass at once, until the call has ended. Limits of time stand still.</summary>
    public async Task<T> PassPausesAsync<T>(Task<T> call)
    {
        while (!call.IsCompleted)
        {
            var pause = Clock.ArmedAsync(TimeSpan.Zero, TimeSpan.FromSeconds(6));
            if (await Task.WhenAny(call, pause) == pause)
                Clock.Advance(await pause);
        }
        return await call;
    }

    public async Task ServerGotAsync(int requests) => await Eventually.HoldsAsync(() => Server.Requests.Count >= requests, $"the server has got {requests} requests");

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        foreach (var server in _servers)
            await server.DisposeAsync();
    }
}
