using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Support.Simulation;

public static class SimulationEndpoints
{
    /// <summary>Registers one <see cref="SimulatedTelegram"/>, which ends with the host.</summary>
    public static IServiceCollection AddSimulation(this IServiceCollection services, SimulationOptions options) =>
        services.AddSingleton(provider => new SimulatedTelegram(options, provider.GetRequiredService<ILogger<SimulatedTelegram>>()));

    /// <summary>/bot{token}/{method} and /file/bot{token}/{path}, for requests of this machine only.</summary>
    public static void MapBotApi(this IEndpointRouteBuilder endpoints, SimulatedTelegram? telegram = null)
    {
        telegram ??= endpoints.ServiceProvider.GetRequiredService<SimulatedTelegram>();
        var api = new BotApiEndpoint(telegram, Stopping(endpoints));
        endpoints.MapMethods("/bot{token}/{method}", [HttpMethods.Get, HttpMethods.Post], LocalOnly.Api(api.HandleAsync));
        endpoints.MapGet("/file/bot{token}/{**path}", LocalOnly.Api(new FileEndpoint(telegram).HandleAsync));
    }

    /// <summary>/sim/…: what people do in their chats, what goes wrong on purpose, and what can be seen. For requests of this machine only, and of no foreign page.</summary>
    public static void MapSimulationControl(this IEndpointRouteBuilder endpoints, SimulatedTelegram? telegram = null)
    {
        telegram ??= endpoints.ServiceProvider.GetRequiredService<SimulatedTelegram>();
        new ControlEndpoints(telegram, Stopping(endpoints)).Map(endpoints.MapGroup("/sim"));
    }

    // Long polls end when the host stops, or it would wait for them.
    private static CancellationToken Stopping(IEndpointRouteBuilder endpoints) =>
        endpoints.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
}
