namespace Support.StorageQueue.Rest;

/// <summary>The connections to the storage account.</summary>
internal static class StorageConnections
{
    public const string Name = "StorageQueue";

    public static void SetUp(SocketsHttpHandler handler)
    {
        // Traces record addresses, and these hold signatures and receipts: without a propagator the handler makes no activities.
        handler.ActivityHeadersPropagator = null;
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(5);
        handler.MaxConnectionsPerServer = StorageTransport.Places;
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);
        handler.PooledConnectionIdleTimeout = TimeSpan.FromSeconds(50);
    }

    /// <summary>Each call has its own limit.</summary>
    public static void SetUp(HttpClient client) => client.Timeout = Timeout.InfiniteTimeSpan;
}
