using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Jobs;
using Support.StorageQueue.Account;
using Support.StorageQueue.Rest;

namespace Support.StorageQueue;

public static class StorageQueueServices
{
    /// <summary>Jobs go to Azure Storage queues instead of PostgreSQL, when an account is set. Needs the desk's own services; call it after them.</summary>
    /// <param name="fromHost">The account of the Functions host (<c>AzureWebJobsStorage…</c>) is used when none is set for the desk.</param>
    /// <returns>False when no account is set, and nothing was changed.</returns>
    public static bool AddStorageQueue(this IServiceCollection services, IConfiguration configuration, bool fromHost)
    {
        if (!Read(configuration, fromHost).IsSet)
            return false;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<StorageQueueOptions>().Configure(options => Choose(configuration, fromHost).Read(configuration, options)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageQueueOptions>, StorageQueueOptionsCheck>();
        services.AddHttpClient(StorageConnections.Name).UseSocketsHttpHandler((handler, _) => StorageConnections.SetUp(handler)).SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .ConfigureHttpClient(StorageConnections.SetUp).RemoveAllLoggers();
        services.AddSingleton(provider => AccountReader.Read(provider.GetRequiredService<IOptions<StorageQueueOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new QueueClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(StorageConnections.Name),
            provider.GetRequiredService<StorageAccount>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccountState>();
        services.AddSingleton(provider => new StorageWorkQueue(
            provider.GetRequiredService<QueueClient>(),
            provider.GetRequiredService<AccountState>(),
            // An ordinary job needs no database to be put.
            new Lazy<KeptBodies>(provider.GetRequiredService<KeptBodies>),
            provider.GetRequiredService<QueueSignals>(),
            provider.GetRequiredService<AcknowledgeFirst>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StorageWorkQueue>>()));
        services.Replace(ServiceDescriptor.Singleton<IWorkQueue>(provider => provider.GetRequiredService<StorageWorkQueue>()));
        return true;
    }

    private static StorageQueueOptions Read(IConfiguration configuration, bool fromHost)
    {
        var options = new StorageQueueOptions();
        Choose(configuration, fromHost).Read(configuration, options);
        return options;
    }

    private static SettingNames Choose(IConfiguration configuration, bool fromHost)
    {
        var own = new StorageQueueOptions();
        SettingNames.Own.Read(configuration, own);
        return own.IsSet || !fromHost ? SettingNames.Own : SettingNames.Host;
    }
}
