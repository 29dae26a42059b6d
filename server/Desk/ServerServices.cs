using Support.Ingestion;
using Support.Server.Http;
using Support.Settings;

namespace Support.Server.Desk;

internal static class ServerServices
{
    public static IServiceCollection AddServer(this IServiceCollection services)
    {
        return services
            .AddSingleton<Readiness>()
            .AddSingleton<IndexInThisProcess>()
            .AddSingleton<TryItCompany>()
            .AddSingleton<UpdateSources>()
            .AddSingleton<DeskTimers>()
            .AddSingleton<DeskWork>()
            .AddHostedService(provider => provider.GetRequiredService<DeskWork>());
    }

    /// <summary>Runs until it is stopped; 1 when the desk could not start for a reason that waiting does not mend.</summary>
    /// <param name="openDoors">The doors ask for services already, and a bad setting may show there.</param>
    public static async Task<int> RunDeskAsync(this WebApplication app, Action<WebApplication> openDoors)
    {
        try
        {
            openDoors(app);
            // Taken before: a host that has run takes its services with it.
            var work = app.Services.GetRequiredService<DeskWork>();
            await app.RunAsync();
            return work.Refusal is null ? 0 : 1;
        }
        catch (Exception e) when (BadSettings.Describe(e) is { } why)
        {
            await Console.Error.WriteLineAsync("The desk cannot start: " + why);
            return 1;
        }
    }
}
