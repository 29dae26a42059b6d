namespace Support.Telegram;

/// <summary>The connections all bots share.</summary>
public static class BotApiConnections
{
    public static HttpClient CreateClient() => new(CreateHandler(), disposeHandler: true)
    {
        // Each call has its own limit.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // Traces record addresses, and these addresses hold tokens: without a propagator the handler makes no activities.
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 256,
        // Follows changes of the address; and lets go of a connection before the other side does, for a call on a dying one is in doubt.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50),
    };
}
