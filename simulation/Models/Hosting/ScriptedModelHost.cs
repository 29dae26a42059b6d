using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Support.Simulation.Models;

/// <summary>A scripted model server on a port of its own, for tests, benchmarks and the try-it page.</summary>
public static class ScriptedModelHost
{
    /// <param name="url">Where to listen; http://127.0.0.1:0 takes a free port.</param>
    public static async Task<RunningScriptedModels> StartAsync(ScriptedModelOptions options, string url, CancellationToken cancellation)
    {
        var models = new ScriptedModels(options);
        var app = LocalServer.Build(url);
        // As OpenAI and nearly all others have it, and as Azure.
        Map(app.MapGroup("/v1"), models);
        Map(app.MapGroup("/openai/v1"), models);
        app.MapPost("/rerank", LocalOnly.Api(new ModelEndpoint(models, ModelCallKind.Rerank, isTei: true).HandleAsync));
        return new RunningScriptedModels(app, models, await LocalServer.StartAsync(app, cancellation));
    }

    private static void Map(RouteGroupBuilder routes, ScriptedModels models)
    {
        routes.MapPost("/chat/completions", LocalOnly.Api(new ModelEndpoint(models, ModelCallKind.Chat).HandleAsync));
        routes.MapPost("/embeddings", LocalOnly.Api(new ModelEndpoint(models, ModelCallKind.Embeddings).HandleAsync));
        routes.MapPost("/audio/transcriptions", LocalOnly.Api(new ModelEndpoint(models, ModelCallKind.Transcription).HandleAsync));
        routes.MapPost("/rerank", LocalOnly.Api(new ModelEndpoint(models, ModelCallKind.Rerank).HandleAsync));
        routes.MapGet("/models", LocalOnly.Api(new ModelEndpoint(models, ModelCallKind.Models).HandleAsync));
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
