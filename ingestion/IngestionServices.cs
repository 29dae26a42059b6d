using Microsoft.Extensions.DependencyInjection;
using Support.Ingestion.Readers;
using Support.Knowledge;

namespace Support.Ingestion;

public static class IngestionServices
{
    public static IServiceCollection AddIngestion(this IServiceCollection services) => services
        .AddSingleton<DocumentReader>()
        .AddSingleton<ReadFile>(provider => provider.GetRequiredService<DocumentReader>().ReadAsync)
        .AddSingleton<IndexDocument>()
        .AddSingleton<IndexDocumentEndpoint>()
        .AddSingleton<VersionReports>();
}
