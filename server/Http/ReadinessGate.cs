using Support.Http;
using Support.Server.Desk;

namespace Support.Server.Http;

internal static class ReadinessGate
{
    /// <summary>Until the desk has started, everything but its health says 503 and when to come back.</summary>
    public static void UseReadiness(this WebApplication app)
    {
        var readiness = app.Services.GetRequiredService<Readiness>();
        app.Use((context, next) =>
        {
            if (readiness.Started || context.Request.Path == "/health")
                return next(context);
            return context.ComeBackLaterAsync("The desk starts, or waits for its database; try again shortly.");
        });
    }

    /// <summary>200 when the desk can work, 503 while it cannot.</summary>
    public static void MapHealth(this WebApplication app) => app.MapGet("/health", async (HttpContext context, Readiness readiness) =>
    {
        var works = await readiness.CanWorkAsync(context.RequestAborted);
        if (!works)
            context.Response.Headers.RetryAfter = "2";
        return Results.Text(works ? "ok\n" : "waiting for the database\n", statusCode: works ? 200 : 503);
    });
}
