using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Support.Simulation;

/// <summary>A simulation on a web server of its own, for tests and benchmarks.</summary>
public static class SimulationHost
{
    /// <param name="url">Where to listen; http://127.0.0.1:0 takes a free port.</param>
    public static async Task<RunningSimulation> StartAsync(SimulationOptions options, string url, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSimulation(options);
        var app = builder.Build();
        app.UseRouting();
        app.MapBotApi();
        app.MapSimulationControl();
        await app.StartAsync(cancellation);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RunningSimulation(app, app.Services.GetRequiredService<SimulatedTelegram>(), new Uri(address));
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
