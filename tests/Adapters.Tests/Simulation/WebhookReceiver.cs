using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Support.Tests.Simulation;

/// <summary>A bot's web server. Each update waits in <see cref="NextAsync"/> until the test answers it.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private readonly WebApplication _app;

    private WebhookReceiver(WebApplication app) => _app = app;

    public string Url { get; private set; } = "";

    public static async Task<WebhookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var receiver = new WebhookReceiver(builder.Build());
        receiver._app.Run(receiver.ReceiveAsync);
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/hook";
        return receiver;
    }

    public async Task<Received> NextAsync() => await _received.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    public bool HasMore => _received.Reader.Count > 0;

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        var received = new Received(body.RootElement.Clone(), context.Request.Headers["X-Telegram-Bot-Api-Secret-Token"].ToString());
        await _received.Writer.WriteAsync(received, context.RequestAborted);
        var (status, retryAfter) = await received.Answered;
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
    }

    public async ValueTask DisposeAsync()
    {
        while (_received.Reader.TryRead(out var left))
            left.Answer(200);
        await _app.DisposeAsync();
    }
}

public sealed class Received(JsonElement update, string secret)
{
    private readonly TaskCompletionSource<(int Status, string? RetryAfter)> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public JsonElement Update => update;

    public string Secret => secret;

    public string Text => update.TryGetProperty("message", out var message) ? message.GetProperty("text").GetString()! : "";

    public Task<(int Status, string? RetryAfter)> Answered => _answer.Task;

    public void Answer(int status, string? retryAfter = null) => _answer.TrySetResult((status, retryAfter));
}
