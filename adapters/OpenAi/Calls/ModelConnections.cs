using System.Net.Http;

namespace Support.OpenAi.Calls;

internal static class ModelConnections
{
    public static HttpClient CreateClient() => new(
        new CappedResponses(new SocketsHttpHandler
        {
            // A redirect would carry the key to wherever it leads.
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        }),
        disposeHandler: true)
    {
        // Each call has its own limit.
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
    };
}
