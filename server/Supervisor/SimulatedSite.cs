using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Support.Server.PrivateDatabase;
using Support.Server.TryIt;
using Support.Simulation;

namespace Support.Server.Supervisor;

/// <summary>What listens on loopback while there is no bot token: the simulated Telegram, the try-it page and its switches, and the desk behind them.</summary>
internal sealed class SimulatedSite(WebApplication app) : IAsyncDisposable
{
    /// <param name="port">On 127.0.0.1 and ::1, never elsewhere: whoever reaches it may read and write every chat.</param>
    /// <param name="chats">Folder of the simulation's chats and files.</param>
    /// <param name="toDesk">For what the desk itself answers.</param>
    /// <param name="toDocuments">The same for documents.</param>
    /// <param name="mapSwitches">Adds the page's switches.</param>
    /// <param name="cancel">Gives the start up.</param>
    public static async Task<SimulatedSite> StartAsync(int port, string chats, Forwarder toDesk, Forwarder toDocuments, Action<IEndpointRouteBuilder> mapSwitches, CancellationToken cancel)
    {
        if (!LoopbackPort.IsFree(port) || Socket.OSSupportsIPv6 && !LoopbackPort.IsFree(IPAddress.IPv6Loopback, port))
            throw PortTaken(port);

        var builder = WebApplication.CreateSlimBuilder();
        // A port that is taken is told in a sentence, not in a stack trace.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenLocalhost(port);
            // The desk says how large a document may be.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.AddServerHeader = false;
        });
        builder.Services.AddSimulation(new SimulationOptions { DataFolder = chats });
        var app = builder.Build();
        app.Use(Loopback.RefuseOtherSites);
        app.MapBotApi();
        app.MapSimulationControl();
        app.MapTryIt();
        mapSwitches(app);
        app.Map("/documents/{**rest}", toDocuments.ForwardAsync);
        foreach (var path in (string[])["/ask", "/why/{**rest}", "/replay/{**rest}", "/certificate", "/health"])
            app.Map(path, toDesk.ForwardAsync);

        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException or SocketException)
        {
            await app.DisposeAsync();
            throw PortTaken(port);
        }

        return new SimulatedSite(app);
    }

    public static UpException PortTaken(int port) =>
        new($"Port {port} is used by another program. Choose another one: `up --port {(port < 65535 ? port + 1 : port - 1)}`.");

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }
}
