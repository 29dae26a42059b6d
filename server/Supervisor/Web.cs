namespace Support.Server.Supervisor;

/// <summary>The supervisor's way to speak HTTP: no handler stack, as there is nothing to add.</summary>
internal static class Web
{
    public static HttpMessageInvoker Client() => new(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectTimeout = TimeSpan.FromSeconds(5),
        AllowAutoRedirect = false,
        UseCookies = false,
    });
}
