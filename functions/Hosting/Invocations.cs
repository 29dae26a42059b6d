namespace Support.Hosting;

/// <summary>What every invocation by envelope has in common: who may make it, and how success is said.</summary>
internal static class Invocations
{
    /// <summary>On every request that came from outside and is passed on, and on no other.</summary>
    private const string Proxied = "x-ms-invocation-id";

    /// <summary>Maps a function that the host invokes by envelope. A stranger's request that reaches its name through the proxy finds nothing there.</summary>
    /// <param name="invoke">False: the invocation failed, and the host tries it again.</param>
    public static void MapInvocation(this IEndpointRouteBuilder app, string function, Func<HttpContext, Task<bool>> invoke) =>
        app.MapPost("/" + function, async context =>
        {
            if (context.Request.Headers.ContainsKey(Proxied))
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }
            if (!await invoke(context))
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }
            // Without a JSON object the host would wait for one until the function's time is over.
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{}", CancellationToken.None);
        });
}
