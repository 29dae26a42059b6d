using Npgsql;

namespace Support.Server.Desk;

/// <summary>The desk process.</summary>
internal static class DeskHost
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var database = NpgsqlDataSource.Create(builder.Configuration["Support:Database:ConnectionString"]!);
        await using var app = builder.Build();
        app.Urls.Add(builder.Configuration["Support:Http:Url"]!);
        ParentWatch.Start(args, app.Lifetime.StopApplication);
        app.MapGet("/health", async (CancellationToken cancel) =>
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(cancel);
                return Results.Ok();
            }
            catch (NpgsqlException)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
        });
        await app.RunAsync();
        return 0;
    }
}
