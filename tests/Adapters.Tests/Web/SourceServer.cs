using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Support.Tests.Web;

/// <summary>A real web server whose pages a test writes.</summary>
internal sealed class SourceServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> _pages = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();

    private SourceServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    /// <summary>Path and validator of each request, in the order of their coming.</summary>
    public ConcurrentQueue<(string Path, string? ETag, string? Since)> Requests { get; } = new();

    /// <summary>Ends with the first request.</summary>
    public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<SourceServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new SourceServer(app);
        app.Run(server.HandleAsync);
        await app.StartAsync();
        return server;
    }

    public Uri Page(string path, Func<HttpContext, Task> answer)
    {
        _pages[path] = answer;
        return new Uri(Url, path);
    }

    /// <summary>A page as a well-behaved server gives it: 304 for whoever knows it.</summary>
    public Uri Text(string path, string text, string? etag = null, string? modified = null) => Page(path, context =>
    {
        if (etag is not null && context.Request.Headers.IfNoneMatch == etag || (modified is not null && context.Request.Headers.IfModifiedSince == modified))
        {
            context.Response.StatusCode = 304;
            return Task.CompletedTask;
        }
        context.Response.Headers.ETag = etag;
        context.Response.Headers.LastModified = modified;
        return context.Response.WriteAsync(text);
    });

    public Uri Status(string path, int status) => Page(path, context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    });

    public Uri Redirect(string path, string to) => Page(path, context =>
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    });

    /// <summary>Never answers.</summary>
    public Uri Silence(string path) => Page(path, async context =>
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _stopping.Token);
        await Task.Delay(Timeout.Infinite, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    });

    private async Task HandleAsync(HttpContext context)
    {
        Requests.Enqueue((context.Request.Path, Header(context.Request.Headers.IfNoneMatch), Header(context.Request.Headers.IfModifiedSince)));
        Asked.TrySetResult();
        if (_pages.TryGetValue(context.Request.Path, out var page))
            await page(context);
        else
            context.Response.StatusCode = 404;

        static string? Header(Microsoft.Extensions.Primitives.StringValues values) => values.Count == 0 ? null : values.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }
}
