using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Support.Tests.StorageQueue;

/// <summary>Something at the address of a storage account that answers as it is told: what Azurite never does.</summary>
internal sealed class FakeStorage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private Func<HttpContext, int, Task> _answer = (_, _) => Task.CompletedTask;
    private int _calls;

    private FakeStorage(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/desk");

    public ConcurrentQueue<(string Path, string? Authorization)> Calls { get; } = new();

    public static async Task<FakeStorage> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakeStorage(app);
        app.Run(fake.HandleAsync);
        await app.StartAsync();
        return fake;
    }

    /// <param name="answer">Gets the number of the call, from 1.</param>
    public void Answers(Func<HttpContext, int, Task> answer) => _answer = answer;

    public void Answers(int status, string contentType, string body, string? errorCode = null) => Answers(async (context, _) =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        if (errorCode is not null)
            context.Response.Headers["x-ms-error-code"] = errorCode;
        await context.Response.WriteAsync(body);
    });

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task HandleAsync(HttpContext context)
    {
        Calls.Enqueue((context.Request.Path.Value!, context.Request.Headers.Authorization));
        return _answer(context, Interlocked.Increment(ref _calls));
    }
}
