using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Support.QdrantStandIn;

/// <summary>
/// A stand-in for Qdrant, in memory, over HTTP. It was written for this project from Qdrant's documentation and has never been compared with a real
/// server: that the desk works with it proves nothing about Qdrant. It carries out the calls that the desk makes, by brute force, and no others.
/// </summary>
public sealed class StandInServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly StandInOptions _options;
    private readonly StandInStore _store = new();

    private StandInServer(WebApplication app, StandInOptions options)
    {
        _app = app;
        _options = options;
    }

    public Uri Url => new(_app.Urls.Single());

    public ConcurrentQueue<CalledWith> Calls { get; } = new();

    /// <summary>What <see cref="StandInOptions.Check"/> found.</summary>
    public ConcurrentQueue<string> Mistakes { get; } = new();

    /// <summary>Answers in place of the server, if it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Instead { get; set; }

    /// <summary>What an update that was waited for ends with.</summary>
    public string UpdateStatus { get; set; } = "completed";

    public static async Task<StandInServer> StartAsync(StandInOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 32 * 1024 * 1024);
        var app = builder.Build();
        var server = new StandInServer(app, options);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Ends with Ctrl-C or SIGTERM.</summary>
    public Task UntilStoppedAsync() => _app.WaitForShutdownAsync();

    /// <summary>Everything is gone, as with a lost volume.</summary>
    public void Forget() => _store.Clear();

    /// <summary>The ids of the points of the collection behind an alias, or of a collection.</summary>
    public IReadOnlyList<long> IdsOf(string name) => [.. _store.Find(name).Ids.Order()];

    public IReadOnlyList<string> Collections => [.. _store.Collections.Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (Instead is { } instead && await instead(context))
            return;
        if (_options.ApiKey is { } key && context.Request.Headers["api-key"] != key)
        {
            // Plain text, unlike every other answer.
            context.Response.StatusCode = context.Request.Headers.ContainsKey("api-key") ? 403 : 401;
            await context.Response.WriteAsync("Must provide an API key or an Authorization bearer token");
            return;
        }
        var body = await BodyAsync(context.Request);
        if (_options.Records || _options.Check is not null)
        {
            var call = new CalledWith(context.Request.Method, context.Request.Path, body?.ToJsonString());
            if (_options.Records)
                Calls.Enqueue(call);
            if (_options.Check is { } check && await check(call) is { } mistake)
            {
                Mistakes.Enqueue(mistake);
                await AnswerAsync(context, 422, Error(mistake));
                return;
            }
        }
        try
        {
            var result = Carry(context.Request, body);
            await AnswerAsync(context, 200, result);
        }
        catch (StandInException e)
        {
            await AnswerAsync(context, e.Status, Error(e.Message));
        }
    }

    private JsonNode Carry(HttpRequest request, JsonNode? body)
    {
        string[] path = request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, path) switch
        {
            ("GET", []) => new JsonObject { ["title"] = "qdrant - vector search engine", ["version"] = _options.Version, ["commit"] = "stand-in" },
            ("GET", ["aliases"]) => Ok(_store.Aliases()),
            ("GET", ["collections"]) => Ok(new JsonObject { ["collections"] = new JsonArray([.. Collections.Select(name => new JsonObject { ["name"] = name })]) }),
            ("POST", ["collections", "aliases"]) => Ok(_store.ChangeAliases(body!)),
            ("GET", ["collections", var name]) => Ok(_store.Find(name).Describe()),
            ("PUT", ["collections", var name]) => Ok(_store.Create(name, body!)),
            ("DELETE", ["collections", var name]) => Ok(_store.Remove(name)),
            ("PUT", ["collections", var name, "index"]) => Updated(_store.Find(name).IndexField(body!)),
            ("PUT", ["collections", var name, "points"]) => Updated(_store.Find(name).Put(body!)),
            ("POST", ["collections", var name, "points", "count"]) => Ok(_store.Find(name).Count(body!)),
            ("POST", ["collections", var name, "points", "delete"]) => Updated(_store.Find(name).Delete(body!)),
            ("POST", ["collections", var name, "points", "payload"]) => Updated(_store.Find(name).SetPayload(body!)),
            ("POST", ["collections", var name, "points", "query", "batch"]) => Ok(_store.Find(name).Query(body!, KnowsIdfCorpus)),
            ("POST", ["collections", var name, "snapshots"]) => Ok(_store.Snapshot(name)),
            ("GET", ["collections", var name, "snapshots"]) => Ok(_store.Snapshots(name)),
            ("GET", ["collections", var name, "snapshots", var snapshot]) => _store.Download(name, snapshot),
            ("PUT", ["collections", var name, "snapshots", "recover"]) => Ok(_store.Recover(name, body!)),
            _ => throw new StandInException(404, $"The stand-in does not carry out {request.Method} {request.Path}."),
        };
    }

    private bool KnowsIdfCorpus => Version.Parse(_options.Version) >= new Version(1, 19);

    private static async Task<JsonNode?> BodyAsync(HttpRequest request) =>
        request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0 ? await JsonNode.ParseAsync(request.Body) : null;

    private JsonObject Updated(int operation) => Ok(new JsonObject { ["operation_id"] = operation, ["status"] = UpdateStatus });

    private static JsonObject Ok(JsonNode result) => new() { ["result"] = result, ["status"] = "ok", ["time"] = 0.001 };

    private static JsonObject Error(string message) => new() { ["status"] = new JsonObject { ["error"] = message }, ["time"] = 0.001 };

    private static async Task AnswerAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body.ToJsonString(JsonSerializerOptions.Web));
    }
}

/// <summary>The call is refused with this status.</summary>
internal sealed class StandInException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
