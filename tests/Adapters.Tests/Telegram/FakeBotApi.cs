using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Support.Telegram;

namespace Support.Tests.Telegram;

/// <summary>A Bot API that says what it is told to say. It knows no rules: what Telegram would refuse is the simulation's business.</summary>
internal sealed class FakeBotApi : IAsyncDisposable
{
    public static readonly BotToken Token = BotToken.Parse("123456:secret_TOKEN-of-the-tests");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, JsonElement, Task>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Channel<JsonElement>> _calls = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    private FakeBotApi(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public ConcurrentQueue<string> Paths { get; } = new();

    public static async Task<FakeBotApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeBotApi(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    /// <summary>Answers with these in turn; the last one stays.</summary>
    public void Answers(string method, params string[] bodies)
    {
        var left = new ConcurrentQueue<string>(bodies);
        Handles(method, async (context, _) =>
        {
            var body = left.Count > 1 && left.TryDequeue(out var next) ? next : left.First();
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.TryGetProperty("error_code", out var code))
                context.Response.StatusCode = code.GetInt32();
            await context.Response.WriteAsync(body);
        });
    }

    public void Handles(string method, Func<HttpContext, JsonElement, Task> answer) => _answers[method] = answer;

    /// <summary>Keeps the call open until the caller gives up or the test ends.</summary>
    public async Task HoldAsync(HttpContext context)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>The next call of the method that was not looked at yet.</summary>
    public async Task<JsonElement> CallAsync(string method) => await CallsOf(method).Reader.ReadAsync().AsTask().WaitAsync(Patience);

    public int CountOf(string method) => Paths.Count(path => path.EndsWith($"/{method}", StringComparison.Ordinal));

    public static string Ok(string result) => $$"""{"ok":true,"result":{{result}}}""";

    public static string Error(int code, string description, string parameters = "{}") =>
        $$"""{"ok":false,"error_code":{{code}},"description":{{JsonSerializer.Serialize(description)}},"parameters":{{parameters}}}""";

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        Paths.Enqueue(path);
        var method = path[(path.LastIndexOf('/') + 1)..];
        var body = default(JsonElement);
        if (HttpMethods.IsPost(context.Request.Method))
            body = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
        await CallsOf(method).Writer.WriteAsync(body);
        if (_answers.TryGetValue(method, out var answer))
            await answer(context, body);
        else
            context.Response.StatusCode = 404;
    }

    private Channel<JsonElement> CallsOf(string method) => _calls.GetOrAdd(method, _ => Channel.CreateUnbounded<JsonElement>());
}
