using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Support.FunctionsHost.Handler;

/// <summary>Answers to proxied requests.</summary>
internal static class Respond
{
    public static Task StatusAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>What it got, as JSON; with the status that the query names.</summary>
    public static async Task EchoAsync(HttpContext context)
    {
        var got = await GotAsync(context);
        context.Response.StatusCode = int.Parse(context.Request.Query["status"].FirstOrDefault("200")!, CultureInfo.InvariantCulture);
        context.Response.Headers.Append("X-Of-Handler", "a");
        context.Response.Headers.Append("X-Of-Handler", "b");
        context.Response.Headers.Location = "/elsewhere";
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(JsonSerializer.Serialize(got), context.RequestAborted);
    }

    /// <summary>Says each piece of the request's body when it comes; answers with two pieces, the second when it is let go on.</summary>
    public static async Task StreamAsync(HttpContext context, Gates gates)
    {
        var buffer = new byte[1024];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var count)
            Console.WriteLine($"piece {Encoding.UTF8.GetString(buffer, 0, count)}");
        await context.Response.WriteAsync("one", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await gates.WaitAsync("stream").WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("two", context.RequestAborted);
    }

    public static Task ReleaseAsync(HttpContext context, Gates gates)
    {
        gates.Open(context.Request.Path.Value!.Split('/')[2]);
        return StatusAsync(context, 204);
    }

    public static Task ExitAsync(HttpContext context)
    {
        Environment.Exit(int.Parse(context.Request.Path.Value!.Split('/')[2], CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    public static async Task<Got> GotAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new Got(
            context.Request.Method,
            context.Features.Get<IHttpRequestFeature>()!.RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.ToArray());
    }
}

internal sealed record Got(string Method, string Target, Dictionary<string, string> Headers, byte[] Body);
