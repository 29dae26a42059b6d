using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Support.Conversations;
using Support.Database;
using Support.Ingestion;
using Support.Jobs;
using Support.Tenants;

namespace Support.Bench.Speed.Scale;

/// <summary>The desk's own classes on a database, without pumps, timers and Telegram: each statement runs when it is asked for.</summary>
internal sealed class ScaleDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private ScaleDesk(ServiceProvider services) => _services = services;

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public DeskDatabase Database => Get<DeskDatabase>();

    public WorkerInstance Instance => Get<WorkerInstance>();

    public static async Task<ScaleDesk> StartAsync(string connectionString, CancellationToken cancellation)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Support:Database:ConnectionString"] = connectionString,
            ["Support:Security:MasterKey"] = ScaleWorld.MasterKey,
            ["Support:Conversations:BurstSeconds"] = "0",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IMessenger, SilentMessenger>().AddDesk(configuration).AddIngestion(configuration);
        var desk = new ScaleDesk(services.BuildServiceProvider());
        await desk.Get<Migrator>().RunAsync(cancellation);
        await desk.Instance.StartAsync(cancellation);
        return desk;
    }

    public async Task<BotInfo> BotAsync(Pick pick, CancellationToken cancellation) =>
        await Get<BotDirectory>().FindAsync(new BotId(pick.Bot), cancellation) ?? throw new InvalidOperationException($"Bot {pick.Bot} is not there.");

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
