using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Support.Tests.TryIt;

public sealed partial class TryItPageTests
{
    [Fact]
    public async Task The_page_may_load_nothing_but_its_own_files()
    {
        await using var site = await TryItSite.StartAsync();

        using var response = await site.Client.GetAsync("/");

        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
    }

    [Fact]
    public async Task Every_file_that_the_page_names_is_there_with_its_type()
    {
        await using var site = await TryItSite.StartAsync();
        var waiting = new Queue<string>(["/"]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (waiting.TryDequeue(out var path))
        {
            if (!seen.Add(path))
                continue;
            using var response = await site.Client.GetAsync(path);
            Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode}");
            Assert.Equal(TypeOf(path), response.Content.Headers.ContentType!.MediaType);
            foreach (Match named in NamedFile().Matches(await response.Content.ReadAsStringAsync()))
                waiting.Enqueue("/" + named.Groups[1].Value);
        }

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "/app.js", "/style.css", "/icon.svg", "/qr.js", "/why.js" }, seen);
    }

    [Fact]
    public async Task A_file_is_asked_for_again_each_time_and_sent_only_when_it_has_changed()
    {
        await using var site = await TryItSite.StartAsync();
        using var first = await site.Client.GetAsync("/app.js");
        Assert.True(first.Headers.CacheControl!.NoCache);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/app.js");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await site.Client.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".js" => "text/javascript",
        ".css" => "text/css",
        ".svg" => "image/svg+xml",
        _ => "text/html",
    };

    [GeneratedRegex("""(?:from|src=|href=) ?"(?:\./)?([a-z-]+\.[a-z]+)["]""")]
    private static partial Regex NamedFile();
}
