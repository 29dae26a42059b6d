using Support.Jobs;
using Support.StorageQueue;

namespace Support.Hosting;

internal static class HostedJobsServices
{
    /// <summary>Jobs come from the Functions host and go to its storage account. Call it after the desk's own services.</summary>
    /// <exception cref="FormatException">There is no storage account.</exception>
    public static IServiceCollection AddHostedJobs(this IServiceCollection services, IConfiguration configuration)
    {
        if (!services.AddStorageQueue(configuration, fromHost: true))
            throw new FormatException("AzureWebJobsStorage is not set. Set it to the connection string of the storage account, or AzureWebJobsStorage__accountName to its name to reach it with the app's identity.");
        return services
            .AddSingleton<HostedJobs>()
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<JobRunner>(provider, provider.GetRequiredService<HostedJobs>()));
    }
}
