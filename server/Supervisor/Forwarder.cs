using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http.Features;

namespace Support.Server.Supervisor;

/// <summary>Passes requests on to the desk process, bodies streamed both ways.</summary>
internal sealed class Forwarder(string desk, string key, HttpMessageInvoker client)
{
    // Of one connection only, or set anew for the next one.
    private static readonly HashSet<string> NotPassedOn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Transfer-Encoding", "TE", "Trailer", "Upgrade", "Host", "Content-Length", "Expect",
    };

    public async Task ForwardAsync(HttpContext context)
    {
        using var request = RequestFrom(context);
        try
        {
            using var response = await client.SendAsync(request, context.RequestAborted);
            await AnswerAsync(context, response);
        }
        catch (HttpRequestException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            await context.Response.WriteAsync("""{"error":"The desk is not running now; it is started again."}""", context.RequestAborted);
        }
    }

    private HttpRequestMessage RequestFrom(HttpContext context)
    {
        var given = context.Request;
        var request = new HttpRequestMessage(new HttpMethod(given.Method), desk + given.PathBase + given.Path + given.QueryString);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            request.Content = new StreamContent(given.Body);
            request.Content.Headers.ContentLength = given.ContentLength;
        }

        // The try-it page has no key, and only pages of this machine come this far.
        if (given.Headers.Authorization.Count == 0
            && (given.Path.StartsWithSegments("/why") || given.Path.StartsWithSegments("/replay") || given.Path.StartsWithSegments("/certificate")))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        foreach (var (name, values) in given.Headers)
        {
            if (!NotPassedOn.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        return request;
    }

    private static async Task AnswerAsync(HttpContext context, HttpResponseMessage response)
    {
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!NotPassedOn.Contains(name))
                context.Response.Headers[name] = values.ToArray();
        }

        context.Response.ContentLength = response.Content.Headers.ContentLength;
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
