using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Support.Simulation;

/// <summary>A web server of its own in this process, with no more than routes.</summary>
internal static class LocalServer
{
    /// <param name="url">Where to listen; http://127.0.0.1:0 takes a free port.</param>
    public static WebApplication Build(string url, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseRouting();
        return app;
    }

    /// <returns>Where it listens.</returns>
    public static async Task<Uri> StartAsync(WebApplication app, CancellationToken cancellation)
    {
        await app.StartAsync(cancellation);
        return new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }
}
