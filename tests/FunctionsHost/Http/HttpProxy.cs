using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Support.FunctionsHost.App;
using Support.FunctionsHost.Handler;
using Support.FunctionsHost.Invocations;

namespace Support.FunctionsHost.Http;

/// <summary>Passes requests for HTTP functions to the handler and its answers back, streaming both ways.</summary>
internal sealed class HttpProxy(HandlerKeeper keeper, HttpMessageInvoker http, InvocationLedger ledger, HostLog log)
{
    public const long MostBytes = 100 * 1024 * 1024;

    private const int MostTries = 10;

    private static readonly TimeSpan PauseBetweenTries = TimeSpan.FromMilliseconds(250);

    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public async Task ServeAsync(HttpContext context, FunctionFile function)
    {
        if (!((Trigger.Http)function.Trigger).Anonymous)
        {
            log.Warn(function.Name, "Refused with 401: its authLevel is not 'anonymous', and this stand-in has no keys");
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (context.Request.ContentLength > MostBytes)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }

        ledger.Begun(function.Name);
        var succeeded = false;
        try
        {
            succeeded = await PassAsync(context, function);
        }
        finally
        {
            ledger.Ended(function.Name, succeeded);
        }
    }

    private async Task<bool> PassAsync(HttpContext context, FunctionFile function)
    {
        var id = Guid.NewGuid();
        try
        {
            using var answer = await AskAsync(context, id);
            if (answer is null)
                return Fail(context, function, id, StatusCodes.Status503ServiceUnavailable, "there is no handler");
            context.Response.StatusCode = (int)answer.StatusCode;
            ProxyHeaders.CopyBack(answer, context.Response.Headers);
            // The headers go at once; a body may come much later.
            await context.Response.StartAsync(context.RequestAborted);
            await Streaming.CopyAsync(await answer.Content.ReadAsStreamAsync(context.RequestAborted), context.Response.Body, context.RequestAborted);
            return true;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return Fail(context, function, id, StatusCodes.Status499ClientClosedRequest, "the client went away");
        }
        catch (Exception e) when ((e as BadHttpRequestException ?? e.InnerException as BadHttpRequestException) is { } bad)
        {
            return Fail(context, function, id, bad.StatusCode, bad.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return Fail(context, function, id, StatusCodes.Status502BadGateway, $"the handler did not answer: {e.Message}");
        }
    }

    /// <summary>
    /// As the host does, it tries again while the handler does not take the request, or dies under it: up to ten times, unless a
    /// body is under way that cannot be read twice. So a request without a body may reach the handler more than once.
    /// </summary>
    /// <returns>Null when there is no handler and there will be none.</returns>
    private async Task<HttpResponseMessage?> AskAsync(HttpContext context, Guid id)
    {
        for (var tries = 1; ; tries++)
        {
            if (await keeper.ReadyAsync(context.RequestAborted) is not { } handler)
                return null;
            using var request = Proxied(context, handler.Port, id);
            try
            {
                return await http.SendAsync(request, context.RequestAborted);
            }
            catch (HttpRequestException) when (tries < MostTries && request.Content is not StreamedBody { HasBegun: true })
            {
                await Task.WhenAny(handler.Exited, Task.Delay(PauseBetweenTries, TimeProvider.System, context.RequestAborted));
            }
        }
    }

    private static HttpRequestMessage Proxied(HttpContext context, int port, Guid id)
    {
        var request = context.Request;
        var address = $"http://127.0.0.1:{port}{UriHelper.BuildRelative(request.PathBase, request.Path, request.QueryString)}";
        var proxied = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(address, AsItIs));
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true)
            proxied.Content = new StreamedBody(request.Body);
        ProxyHeaders.CopyTo(proxied, request.Headers, id);
        return proxied;
    }

    private bool Fail(HttpContext context, FunctionFile function, Guid id, int status, string why)
    {
        log.Error(function.Name, $"Invocation {id} failed: {why}");
        if (context.Response.HasStarted)
            context.Abort();
        else
            context.Response.StatusCode = status;
        return false;
    }
}
