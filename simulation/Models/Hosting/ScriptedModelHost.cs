using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Support.Simulation.Models;

/// <summary>A scripted model server on a port of its own, for tests, benchmarks and the try-it page.</summary>
public static class ScriptedModelHost
{
    /// <param name="url">Where to listen; http://127.0.0.1:0 takes a free port.</param>
    public static async Task<RunningScriptedModels> StartAsync(ScriptedModelOptions options, string url, CancellationToken cancellation)
    {
        var models = new ScriptedModels(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        var app = builder.Build();
        app.UseRouting();
        // As OpenAI and nearly all others have it, and as Azure.
        Map(app.MapGroup("/v1"), models);
        Map(app.MapGroup("/openai/v1"), models);
        app.MapPost("/rerank", LocalOnly.BotApi(new ModelEndpoint(models, ModelCallKind.Rerank, isTei: true).HandleAsync));
        await app.StartAsync(cancellation);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new RunningScriptedModels(app, models, new Uri(address));
    }

    private static void Map(RouteGroupBuilder routes, ScriptedModels models)
    {
        routes.MapPost("/chat/completions", LocalOnly.BotApi(new ModelEndpoint(models, ModelCallKind.Chat).HandleAsync));
        routes.MapPost("/embeddings", LocalOnly.BotApi(new ModelEndpoint(models, ModelCallKind.Embeddings).HandleAsync));
        routes.MapPost("/audio/transcriptions", LocalOnly.BotApi(new ModelEndpoint(models, ModelCallKind.Transcription).HandleAsync));
        routes.MapPost("/rerank", LocalOnly.BotApi(new ModelEndpoint(models, ModelCallKind.Rerank).HandleAsync));
        routes.MapGet("/models", LocalOnly.BotApi(new ModelEndpoint(models, ModelCallKind.Models).HandleAsync));
    }
}

public sealed class RunningScriptedModels : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal RunningScriptedModels(WebApplication app, ScriptedModels models, Uri baseUrl)
    {
        _app = app;
        Models = models;
        BaseUrl = baseUrl;
    }

    /// <summary>What stands before /v1.</summary>
    public Uri BaseUrl { get; }

    public ScriptedModels Models { get; }

    public async ValueTask DisposeAsync()
    {
        // Those that hang would keep it for its whole patience.
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
