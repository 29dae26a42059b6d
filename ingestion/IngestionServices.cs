using Microsoft.Extensions.Options;
using Support.Ingestion.Readers;
using Support.Knowledge;
using Support.WebSources;

namespace Support.Ingestion;

public static class IngestionServices
{
    public static IServiceCollection AddIngestion(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ReaderLimits>().Bind(configuration.GetSection("Support").GetSection(ReaderLimits.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<DocumentReader>()
            .AddSingleton<ReadFile>(provider => provider.GetRequiredService<DocumentReader>().ReadAsync)
            .AddSingleton<IndexDocument>()
            .AddSingleton(provider => new LargestDocument(provider.GetRequiredService<IOptions<ReaderLimits>>().Value.FileBytes))
            .AddSingleton<SyncSources>()
            .AddSingleton<IndexDocumentEndpoint>()
            .AddSingleton<VersionReports>()
            .AddSingleton<SyncSourcesEndpoint>()
            .AddSingleton<EmbedChunksEndpoint>()
            .AddSingleton<WriteQuestionsEndpoint>()
            .AddWeb();
    }
}
