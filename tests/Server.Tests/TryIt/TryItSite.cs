using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Support.Server.TryIt;
using Support.Simulation;

namespace Support.Tests.TryIt;

/// <summary>The page and the simulation as the supervisor serves them, with a scripted bot instead of the desk.</summary>
internal sealed class TryItSite : IAsyncDisposable
{
    public const string GoodToken = "123456789:AAEexampleexampleexampleexample";
    public const string Link = "https://t.me/example_help_bot?start=o_9fJx2kQeB7rT4uWzY1a";

    private readonly WebApplication _app;
    private readonly HttpClient _client;
    private readonly ScriptedBot _bot;
    private readonly DeskStandIn _desk;

    private TryItSite(WebApplication app, DeskStandIn desk)
    {
        (_app, _desk) = (app, desk);
        Address = new Uri(app.Urls.First());
        _client = new HttpClient { BaseAddress = Address };
        _bot = new ScriptedBot(_client);
        _bot.Start();
    }

    public Uri Address { get; }

    public HttpClient Client => _client;

    /// <summary>In which languages the page wanted to be told why.</summary>
    public IEnumerable<string> LanguagesOfWhy => _desk.LanguagesOfWhy.Distinct();

    public static async Task<TryItSite> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSimulation(new SimulationOptions());
        var app = builder.Build();
        app.MapBotApi();
        app.MapSimulationControl();
        app.MapTryIt();
        var desk = new DeskStandIn();
        desk.Map(app);
        await app.StartAsync();
        return new TryItSite(app, desk);
    }

    /// <summary>Ends the server at once; requests under way are cut.</summary>
    public async Task StopAsync()
    {
        await _bot.EndAsync();
        await _app.StopAsync(new CancellationToken(canceled: true));
    }

    public async ValueTask DisposeAsync()
    {
        await _bot.EndAsync();
        _bot.Dispose();
        _client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>What the supervisor and the desk answer to the page.</summary>
    private sealed class DeskStandIn
    {
        private int _restarts;
        private bool _isStopped;
        private int _askedWhy;

        public ConcurrentQueue<string> LanguagesOfWhy { get; } = new();

        public void Map(WebApplication app)
        {
            app.MapGet("/try/state", State);
            app.MapPost("/try/kill", () =>
            {
                _restarts++;
                return State();
            });
            app.MapPost("/try/database", (DatabaseSwitch to) =>
            {
                _isStopped = to.Stopped;
                return State();
            });
            app.MapPost("/try/token", (PastedToken pasted) => pasted.Token == GoodToken
                ? Results.Json(new { username = "example_help_bot", link = Link })
                : Results.Json(new { error = "This is not a bot token." }, statusCode: StatusCodes.Status400BadRequest));
            app.MapGet("/why", (string? language) =>
            {
                LanguagesOfWhy.Enqueue(language ?? "");
                return Why();
            });
            app.MapGet("/certificate", () => Certificate);
        }

        private static object Certificate => new
        {
            mode = "promise",
            target = 0.1,
            state = "not_certified",
            threshold = 0.5,
            labels = 12,
            used = 0,
            missing = 21,
            changed = 0,
            answered = 12,
            wrong = 1,
            knowledgeNow = 3,
        };

        private object State() => new { desk = "up", database = _isStopped ? "down" : "up", pid = 4711 + _restarts, restarts = _restarts };

        // As after a kill: the desk is down at first, and then has not stored the message yet.
        private IResult Why() => Interlocked.Increment(ref _askedWhy) switch
        {
            1 => Results.Json(new { error = "The desk is not running now." }, statusCode: StatusCodes.Status503ServiceUnavailable),
            2 => Results.Json(new { error = "This message is no answer to a question." }, statusCode: StatusCodes.Status404NotFound),
            _ => Results.Json(new
            {
                question = "How do I return an item?",
                language = "en",
                decision = "answer",
                confidence = 0.83,
                seconds = 0.034,
                sentInDoubt = 0,
                passages = new[]
                {
                    new { source = "returns.md", title = "How to return an item", text = "Press <b>Return</b>.", score = 0.91, link = (string?)"javascript:alert(1)", forStaff = false },
                    new { source = "limits.md", title = "Refund limits", text = "Up to 3,000.", score = 0.2, link = (string?)null, forStaff = true },
                },
                features = new Dictionary<string, double>(StringComparer.Ordinal) { ["coverage"] = 0.88 },
                level = "high",
                probability = (double?)null,
                readAs = "how do i return an item",
                cited = 0,
                choices = Array.Empty<string>(),
                because = new[]
                {
                    new { name = "coverage", value = 0.88, share = (double?)0, sentence = "1 of 2 words asked about are not in the best passage: “<b>item</b>”" },
                    new { name = "same_title", value = 0.1, share = (double?)-0.31, sentence = "a passage of another title fits nearly as well" },
                    new { name = "agreement", value = 1.0, share = (double?)0.2, sentence = "most sentences like the question stand under its title" },
                    new { name = "unheard_of", value = 3.5, share = (double?)0.4, sentence = "unheard_of" },
                },
            }),
        };

        private sealed record DatabaseSwitch(bool Stopped);

        private sealed record PastedToken(string Token);
    }
}
