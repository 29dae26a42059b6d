using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Support.Knowledge;

namespace Support.WebSources;

public static class WebServices
{
    /// <summary>What fetches documents from their addresses.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services) => services
        .AddSingleton(provider => new WebSource(Dns.GetHostAddressesAsync, provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<FetchSource>(provider => provider.GetRequiredService<WebSource>().FetchAsync);
}
