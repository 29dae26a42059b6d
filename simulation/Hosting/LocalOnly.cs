using System.Net;
using Microsoft.AspNetCore.Http;

namespace Support.Simulation;

/// <summary>
/// The simulation answers only this machine: a loopback connection with a loopback name in Host, so that no web page reaches it by
/// pointing its own name at 127.0.0.1. Control also refuses whatever another site's page sends.
/// </summary>
internal static class LocalOnly
{
    public static RequestDelegate Api(RequestDelegate next) => context => IsLocal(context) ? next(context) : Refuse(context);

    public static RequestDelegate Control(RequestDelegate next) => context => IsLocal(context) && IsSameSite(context.Request) ? next(context) : Refuse(context);

    private static bool IsLocal(HttpContext context)
    {
        // A server in memory has no address; nobody but its own process can reach it.
        var isLoopback = context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        return isLoopback && context.Request.Host.Host is ("localhost" or "127.0.0.1" or "[::1]");
    }

    private static bool IsSameSite(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none"))
            return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("The simulation answers only requests of this machine to localhost.", context.RequestAborted);
    }
}
