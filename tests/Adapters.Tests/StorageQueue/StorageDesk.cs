using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Contracts;
using Support.Database;
using Support.Jobs;
using Support.StorageQueue;
using Support.StorageQueue.Rest;
using Support.Telegram;

namespace Support.Tests.StorageQueue;

/// <summary>The desk's services with Storage queues, put together as a host does it, on a database of its own.</summary>
internal sealed class StorageDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StorageDesk(ServiceProvider services) => _services = services;

    public StorageWorkQueue Queue => Get<StorageWorkQueue>();

    public QueueClient Client => Get<QueueClient>();

    public RecordedLog Log => Get<RecordedLog>();

    public static async Task<StorageDesk> OpenAsync(AzuriteAccount account, TimeProvider clock) =>
        await OpenAsync(clock, await MigratedDatabase.AddressAsync(), ("Support:StorageQueue:ConnectionString", account.ConnectionString));

    public static Task<StorageDesk> OpenAsync(TimeProvider clock, string database, params (string Name, string Value)[] settings)
    {
        (string, string)[] all = [("Support:Database:ConnectionString", database), ("Support:Security:MasterKey", Convert.ToBase64String(new byte[32])), .. settings];
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all.Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2))).Build();
        var log = new RecordedLog();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log))
            .AddSingleton(log)
            .AddSingleton(clock)
            .AddDesk(configuration)
            .AddTelegram(configuration);
        Assert.True(services.AddStorageQueue(configuration, fromHost: true));
        return Task.FromResult(new StorageDesk(services.BuildServiceProvider()));
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<IReadOnlyList<TakenJob>> TakeAsync(string queue = Queues.Replies, int most = 10) =>
        await Queue.TakeAsync(queue, most, TimeSpan.FromMinutes(3), CancellationToken.None);

    public async Task<long> CountAsync(string table)
    {
        await using var command = Get<DeskDatabase>().Source.CreateCommand($"select count(*) from {table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();
}
