using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Support.Knowledge;
using Support.Retrieval;
using Support.Retrieval.Dense;
using Support.Retrieval.Outside;

namespace Support.Qdrant;

public static class QdrantServices
{
    /// <summary>Puts the index into Qdrant where an address of one is set.</summary>
    /// <returns>Whether it is.</returns>
    public static bool AddQdrant(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(QdrantOptions.Section);
        services.AddOptions<QdrantOptions>().Configure(options => Read(section, options)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<QdrantOptions>, QdrantOptionsCheck>();
        if (Given(section[nameof(QdrantOptions.Url)]) is null)
            return false;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new QdrantApi(new QdrantTransport(
            CreateClient(), provider.GetRequiredService<IOptions<QdrantOptions>>().Value, provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton(provider => new QdrantCollections(provider.GetRequiredService<QdrantApi>(), provider.GetRequiredService<IOptions<QdrantOptions>>().Value));
        services.AddSingleton<IChunkVectors, QdrantChunkVectors>();
        services.AddSingleton(provider => new QdrantSnapshots(provider.GetRequiredService<QdrantApi>(), provider.GetRequiredService<QdrantCollections>()));
        services.AddSingleton<RebuildKnowledge>();
        services.AddSingleton<CompareKnowledge>();
        services.Replace(ServiceDescriptor.Singleton<IKnowledgeIndex, OutsideKnowledgeIndex>());
        services.Replace(ServiceDescriptor.Singleton<IKnowledgeFollower, OutsideIndexFollower>());
        // It takes no embeddings yet: none are to be paid for.
        services.RemoveAll<IVectorSource>();
        services.RemoveAll<DenseRetrieval>();
        return true;
    }

    private static HttpClient CreateClient() => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        },
        disposeHandler: true)
    {
        // Each call has its own limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>An empty variable means the same as none: compose files leave many.</summary>
    private static void Read(IConfigurationSection section, QdrantOptions options)
    {
        if (Given(section[nameof(options.Url)]) is { } url)
            options.Url = new Uri(url, UriKind.RelativeOrAbsolute);
        options.ApiKey = Given(section[nameof(options.ApiKey)]);
        options.Collection = Given(section[nameof(options.Collection)]) ?? options.Collection;
        if (Given(section[nameof(options.DenseSize)]) is { } size)
            options.DenseSize = int.TryParse(size, out var number) ? number : -1;
        if (Given(section[nameof(options.Timeout)]) is { } timeout)
            options.Timeout = TimeSpan.TryParse(timeout, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time : TimeSpan.Zero;
    }

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
