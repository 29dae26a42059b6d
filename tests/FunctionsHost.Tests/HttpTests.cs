using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Support.Tests.FunctionsHost;

/// <summary>Proxied HTTP functions.</summary>
public sealed class HttpTests
{
    private readonly AppFolder _folder = new AppFolder().Http("echo", "echo/{*rest}", """["get","post","delete"]""");

    [Fact]
    public async Task A_request_reaches_the_handler_as_it_came_with_the_hosts_headers()
    {
        await using var app = await HostedApp.StartAsync(_folder);
        using var request = new HttpRequestMessage(HttpMethod.Post, "echo/%D0%BF%2F%20a?q=%D1%8F&b=1%2B2") { Content = new StringContent("Привет") };
        request.Headers.Add("x-ms-invocation-id", "forged");
        request.Headers.Add("X-Own", ["1", "2"]);
        using var answer = await app.Client.SendAsync(request);
        var got = JsonSerializer.Deserialize<Got>(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal(("POST", "/echo/%D0%BF%2F%20a?q=%D1%8F&b=1%2B2", "Привет"), (got.Method, got.Target, got.Text));
        Assert.True(Guid.TryParse(got.Headers["x-ms-invocation-id"], out var id));
        Assert.Equal(id, Guid.Parse(got.Headers["X-Azure-Functions-InvocationId"]));
        Assert.StartsWith("4.", got.Headers["X-Azure-Functions-HostVersion"], StringComparison.Ordinal);
        Assert.Equal("text/plain; charset=utf-8", got.Headers["Content-Type"]);
        Assert.Equal("1,2", got.Headers["X-Own"].Replace(" ", "", StringComparison.Ordinal));
        Assert.Equal(app.Host.BaseUrl.Authority, got.Headers["Host"]);
        Assert.Equal(1, app.Host.Invocations["echo"].Succeeded);
    }

    [Fact]
    public async Task The_answer_goes_back_as_it_is()
    {
        await using var app = await HostedApp.StartAsync(_folder);
        using var answer = await app.Client.GetAsync("echo/a?status=302");
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/elsewhere", answer.Headers.Location!.OriginalString);
        Assert.Equal(["a", "b"], answer.Headers.GetValues("X-Of-Handler"));
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        using var failed = await app.Client.GetAsync("echo/a?status=503");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Equal(2, app.Host.Invocations["echo"].Succeeded);
    }

    [Fact]
    public async Task Bodies_stream_both_ways()
    {
        await using var app = await HostedApp.StartAsync(_folder.Http("stream", "stream").Http("release", "release/{gate}"));
        using var client = new TcpClient(app.Host.BaseUrl.Host, app.Host.BaseUrl.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("POST /stream HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n"u8.ToArray());
        await app.SaidAsync("piece first");
        await stream.WriteAsync("6\r\nsecond\r\n0\r\n\r\n"u8.ToArray());
        await app.SaidAsync("piece second");
        var answer = "";
        while (!answer.Contains("one", StringComparison.Ordinal))
            answer += await ReadAsync(stream);
        Assert.DoesNotContain("two", answer, StringComparison.Ordinal);
        (await app.Client.GetAsync("release/stream")).EnsureSuccessStatusCode();
        while (!answer.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
            answer += await ReadAsync(stream);
        Assert.Contains("two", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_have_prefix_parameters_and_methods()
    {
        _folder.Host["extensions"]!["http"]!["routePrefix"] = "echo";
        await using var app = await HostedApp.StartAsync(_folder
            .Http("by-number", "n/{id:int}", """["get"]""").Http("change-it", "n/{id:int}", """["post"]""").Http("default-route", "default-route"));
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("echo/n/5")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.PostAsync("echo/n/5", null)).StatusCode);
        Assert.Equal((1, 1), (app.Host.Invocations["by-number"].Succeeded, app.Host.Invocations["change-it"].Succeeded));
        foreach (var path in new[] { "n/5", "echo/n/five", "echo/other", "echo" })
            Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.DeleteAsync("echo/n/5")).StatusCode);
    }

    [Theory]
    [InlineData("false", HttpStatusCode.OK)]
    [InlineData("true", HttpStatusCode.NotFound)]
    public async Task The_hosts_page_can_be_turned_off(string disabled, HttpStatusCode expected)
    {
        await using var app = await HostedApp.StartAsync(_folder, environment: ("AzureWebJobsDisableHomepage", disabled));
        using var answer = await app.Client.GetAsync("");
        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK, (await answer.Content.ReadAsStringAsync()).Contains("up and running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_wants_a_key_refuses()
    {
        await using var app = await HostedApp.StartAsync(_folder.Http("locked", "echo/locked", level: "function"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client.GetAsync("echo/locked")).StatusCode);
        await app.SaidAsync("authLevel is not 'anonymous'");
    }

    [Fact]
    public async Task A_body_over_100_MB_is_refused()
    {
        await using var app = await HostedApp.StartAsync(_folder);
        using var client = new TcpClient(app.Host.BaseUrl.Host, app.Host.BaseUrl.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /echo/a HTTP/1.1\r\nHost: a\r\nContent-Length: {100 * 1024 * 1024 + 1}\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 413", await ReadAsync(stream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_dies_under_a_request_gives_502_and_the_next_waits_for_its_successor()
    {
        await using var app = await HostedApp.StartAsync(_folder.Http("exit", "exit/{code}"));
        Assert.Equal(HttpStatusCode.BadGateway, (await app.Client.PostAsync("exit/7", new StringContent("now"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("echo/a")).StatusCode);
        Assert.Equal(1, app.Host.Invocations["exit"].Failed);
    }

    private static async Task<string> ReadAsync(Stream stream)
    {
        var buffer = new byte[4096];
        var count = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        return Encoding.UTF8.GetString(buffer, 0, count);
    }
}
