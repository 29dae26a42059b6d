using Support.Server.Supervisor;

namespace Support.Server.TryIt;

/// <summary>The switches of the try-it page: stop the database, kill the desk, go live with a token.</summary>
internal static class TryItSwitches
{
    public sealed record State(string Desk, string Database, int? Pid, int Restarts);

    public sealed record DatabaseSwitch(bool Stopped);

    public sealed record PastedToken(string Token);

    public sealed record LiveBot(string Username, string Link);

    /// <param name="routes">Where.</param>
    /// <param name="desk">The desk's process.</param>
    /// <param name="database">Null when the database is the user's own, which nobody stops from here.</param>
    /// <param name="goLive">Keeps a valid token and tells the bot; the page ends after the answer.</param>
    public static void MapTryItSwitches(
        this IEndpointRouteBuilder routes, IRunningDesk desk, DatabaseKeeper? database, Func<string, CancellationToken, Task<LiveBot>> goLive)
    {
        State Now() => new(desk.Pid is null ? "down" : "up", database is null or { IsUp: true } ? "up" : "down", desk.Pid, desk.Restarts);

        routes.MapGet("/try/state", Now);
        routes.MapPost("/try/kill", () =>
        {
            desk.Kill();
            return Now();
        });
        routes.MapPost("/try/database", async (DatabaseSwitch to, CancellationToken cancel) =>
        {
            if (database is null)
                return Results.Json(new { error = "This desk uses a database of its owner's, which is not stopped from here." }, statusCode: StatusCodes.Status409Conflict);

            await (to.Stopped ? database.PauseAsync(cancel) : database.ResumeAsync(cancel));
            return Results.Json(Now());
        });
        routes.MapPost("/try/token", async (PastedToken pasted, CancellationToken cancel) =>
        {
            try
            {
                return Results.Json(await goLive(pasted.Token.Trim(), cancel));
            }
            catch (UpException e)
            {
                return Results.Json(new { error = e.Message }, statusCode: StatusCodes.Status400BadRequest);
            }
        });
    }
}
