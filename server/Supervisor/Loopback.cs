using System.Net;

namespace Support.Server.Supervisor;

/// <summary>Keeps web pages of other sites, open in the same browser, away from what listens on loopback.</summary>
internal static class Loopback
{
    /// <summary>A name of another site that leads to 127.0.0.1 shows in Host; a request by another site's page shows in Origin.</summary>
    public static async Task RefuseOtherSites(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        if (IsLoopback(context.Request.Host.Host) && (origin.Length == 0 || Uri.TryCreate(origin, UriKind.Absolute, out var uri) && IsLoopback(uri.Host)))
        {
            await next(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        await context.Response.WriteAsync("Only pages of this machine itself may ask here.", context.RequestAborted);
    }

    private static bool IsLoopback(string host) =>
        host == "localhost" || IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address);
}
