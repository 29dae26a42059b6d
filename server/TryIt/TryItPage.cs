using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Support.Server.TryIt;

/// <summary>The try-it page: the files of <c>wwwroot</c>, which lie in the assembly, at <c>/</c>.</summary>
internal static class TryItPage
{
    // Nothing but the page's own files and endpoints, so that whatever a document or a customer says can load and run nothing.
    private const string ContentPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void MapTryIt(this IEndpointRouteBuilder routes)
    {
        foreach (var file in PageFile.All)
            routes.MapMethods(file.Route, [HttpMethods.Get, HttpMethods.Head], context => Send(context, file));
    }

    private static Task Send(HttpContext context, PageFile file)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Asked again each time: a new version must not run with half of the old one's files.
        headers.CacheControl = "no-cache";
        return Results.Bytes(file.Content, file.ContentType, entityTag: file.Tag).ExecuteAsync(context);
    }
}

/// <summary>One file of the page, as it lies in the assembly under the name <c>try-it/…</c>.</summary>
internal sealed record PageFile(string Route, string ContentType, byte[] Content, EntityTagHeaderValue Tag)
{
    private const string Prefix = "try-it/";

    public static IReadOnlyList<PageFile> All { get; } =
        [.. typeof(PageFile).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(Read)];

    private static PageFile Read(string resource)
    {
        using var stream = typeof(PageFile).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var name = resource[Prefix.Length..];
        return new PageFile(name == "index.html" ? "/" : $"/{name}", TypeOf(name), content, new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))[..20]}\""));
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/json",
        var other => throw new InvalidOperationException($"The try-it page has a file {name}, and no content type is known for \"{other}\"."),
    };
}
