using Support.Database;

namespace Support.Http;

/// <summary>GET /health: 200 when the database answers, 503 while it does not. Says nothing else to strangers.</summary>
internal static class HealthEndpoint
{
    public static void MapDeskHealth(this IEndpointRouteBuilder app) => app.MapGet("/health", async context =>
    {
        var isWell = await context.RequestServices.GetRequiredService<DeskDatabase>().AnswersAsync(context.RequestAborted);
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (!isWell)
            context.Response.Headers.RetryAfter = "2";
        await context.Response.WriteAsync(isWell ? "ok\n" : "waiting for the database\n", context.RequestAborted);
    });
}
