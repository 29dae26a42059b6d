using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Support.Functions;
using Support.Http;
using Support.Ingestion;
using Support.Ingestion.Readers;
using Support.OpenAi;
using Support.Qdrant;
using Support.Questions;
using Support.Server.Http;
using Support.Settings;
using Support.StorageQueue;
using Support.Telegram;
using Support.Tesseract;

namespace Support.Server.Desk;

/// <summary>The desk as one process: both apps' handlers over the queue in PostgreSQL, or over Storage queues.</summary>
public static class DeskHost
{
    private const int RoomToRefuse = 12 * 1024 * 1024;

    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.AddInMemoryCollection(SettingAliases.Read(Environment.GetEnvironmentVariable));
        builder.Configuration.AddEnvironmentVariables();
        builder.Configuration.AddCommandLine(args);
        if (builder.Configuration["Support:Http:Url"] is { Length: > 0 } url)
            builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // A little above the largest document, so that one that is too large is refused by its name and not by the server.
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<ReaderLimits>>((kestrel, limits) => kestrel.Limits.MaxRequestBodySize = limits.Value.FileBytes + RoomToRefuse);
        builder.AddDeskLogging();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDesk(builder.Configuration);
        builder.Services.AddStorageQueue(builder.Configuration, fromHost: false);
        builder.Services.AddTelegram(builder.Configuration);
        builder.Services.AddModels(builder.Configuration);
        builder.Services.AddTesseract(builder.Configuration);
        builder.Services.AddFunctions();
        builder.Services.AddIngestion(builder.Configuration);
        builder.Services.AddServer();
        if (builder.Services.AddQdrant(builder.Configuration))
            builder.Services.AddHostedService<QdrantStart>();

        await using var app = builder.Build();
        Judges.TellMark(app.Services);
        ParentWatch.Start(args, app.Lifetime.StopApplication);
        return await app.RunDeskAsync(OpenDoors);
    }

    private static void OpenDoors(WebApplication app)
    {
        app.UseReadiness();
        app.UseDatabaseAway();
        app.MapHealth();
        app.MapTelegramWebhook();
        app.MapUploadDocument();
        app.MapListDocuments();
        app.MapRemoveDocument();
        app.MapAsk();
        app.MapWhy();
        app.MapCertificate();
        app.MapReplay();
        app.MapLabelReplayed();
    }
}
