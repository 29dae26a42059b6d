using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Support.Simulation;

/// <summary>A simulation on a web server of its own, for tests and benchmarks.</summary>
public static class SimulationHost
{
    /// <param name="url">Where to listen; http://127.0.0.1:0 takes a free port.</param>
    public static async Task<RunningSimulation> StartAsync(SimulationOptions options, string url, CancellationToken cancellation)
    {
        var app = LocalServer.Build(url, services => services.AddSimulation(options));
        app.MapBotApi();
        app.MapSimulationControl();
        var address = await LocalServer.StartAsync(app, cancellation);
        return new RunningSimulation(app, app.Services.GetRequiredService<SimulatedTelegram>(), address);
    }
}

public sealed class RunningSimulation : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal RunningSimulation(WebApplication app, SimulatedTelegram telegram, Uri baseUrl)
    {
        _app = app;
        Telegram = telegram;
        BaseUrl = baseUrl;
    }

    /// <summary>What stands before /bot{token}/….</summary>
    public Uri BaseUrl { get; }

    public SimulatedTelegram Telegram { get; }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
