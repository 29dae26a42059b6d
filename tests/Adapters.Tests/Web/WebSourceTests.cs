using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Support.Contracts;
using Support.Knowledge;
using Support.WebSources;

namespace Support.Tests.Web;

/// <summary>Against a real web server. It is at a private address, which the one who sets a source may name and nobody else may lead to.</summary>
public sealed class WebSourceTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private SourceServer _server = null!;
    private WebSource _web = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SourceServer.StartAsync();
        _web = new WebSource((host, _) => Task.FromResult<IPAddress[]>(host.EndsWith(".test", StringComparison.Ordinal) ? [IPAddress.Loopback] : []), _clock);
    }

    [Fact]
    public async Task What_is_there_comes_with_what_to_ask_by_the_next_time()
    {
        var url = _server.Text("/prices.csv", "lamp;3", "\"v1\"", "Mon, 02 Mar 2026 10:00:00 GMT");

        var first = Assert.IsType<Fetched.Content>(await FetchAsync(url));

        Assert.Equal("lamp;3", Encoding.UTF8.GetString(first.Bytes.Span));
        Assert.Equal(("\"v1\"", "Mon, 02 Mar 2026 10:00:00 GMT"), (first.ETag, first.LastModified));
        Assert.IsType<Fetched.NotModified>(await FetchAsync(url, etag: first.ETag));
        Assert.IsType<Fetched.NotModified>(await FetchAsync(url, modified: first.LastModified));
        Assert.IsType<Fetched.Content>(await FetchAsync(url, etag: "\"v0\""));
    }

    [Theory]
    [InlineData(500, "answers with status 500")]
    [InlineData(404, "answers with status 404")]
    [InlineData(204, "answers with status 204")]
    [InlineData(304, "answers with status 304")]
    public async Task Another_status_is_a_failure_that_names_it(int status, string why) =>
        AssertFailed(why, await FetchAsync(_server.Status("/", status)));

    [Fact]
    public async Task Nothing_too_much_and_nobody_are_failures()
    {
        AssertFailed("there is nothing", await FetchAsync(_server.Text("/empty", "")));
        AssertFailed("larger than 0.1 MB", await FetchAsync(_server.Text("/large", new string('x', 200_000))));
        AssertFailed("cannot be reached", await FetchAsync(new Uri("http://127.0.0.1:1/")));
    }

    [Fact]
    public async Task An_endless_body_and_one_that_is_small_until_it_is_unpacked_are_too_large()
    {
        var endless = _server.Page("/endless", async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[65536], context.RequestAborted);
        });
        var packed = _server.Page("/packed", async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            for (var i = 0; i < 100; i++)
                await gzip.WriteAsync(new byte[65536], context.RequestAborted);
        });

        AssertFailed("larger than", await FetchAsync(endless));
        AssertFailed("larger than", await FetchAsync(packed));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_in_time()
    {
        var fetching = FetchAsync(_server.Silence("/slow"));
        await _server.Asked.Task;

        _clock.Advance(WebSource.Patience);

        AssertFailed("did not answer within 60 s", await fetching);
    }

    [Fact]
    public async Task A_stop_is_no_failure_of_the_source()
    {
        using var stopping = new CancellationTokenSource();
        var fetching = _web.FetchAsync(Address(_server.Silence("/slow")), stopping.Token);
        await _server.Asked.Task;

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Fact]
    public async Task Redirects_within_the_host_are_followed_but_not_for_ever()
    {
        _server.Text("/new/prices.csv", "lamp;3");
        Assert.IsType<Fetched.Content>(await FetchAsync(_server.Redirect("/old", "new/prices.csv")));

        AssertFailed("redirects more than 5 times", await FetchAsync(_server.Redirect("/round", "/round")));
        AssertFailed("does not say where to", await FetchAsync(_server.Status("/lost", 301)));
    }

    [Theory]
    [InlineData("https://169.254.169.254/metadata", "leads into a private network")]
    [InlineData("https://[::1]/", "leads into a private network")]
    [InlineData("https://[::ffff:10.0.0.1]/", "leads into a private network")]
    [InlineData("https://0x7f000001/", "leads into a private network")]
    [InlineData("https://rebound.test/", "leads into a private network")]
    [InlineData("http://localhost/", "not with https")]
    [InlineData("file:///etc/passwd", "not with https")]
    [InlineData("ftp://127.0.0.1/", "not with https")]
    public async Task A_redirect_into_a_private_network_is_not_followed(string to, string why) =>
        AssertFailed(why, await FetchAsync(_server.Redirect("/", to)));

    [Fact]
    public async Task Another_server_on_the_same_machine_is_not_reached_by_a_redirect()
    {
        await using var other = await SourceServer.StartAsync();
        other.Text("/", "secret");
        var leading = _server.Redirect("/", other.Url.ToString());

        AssertFailed("not with https", await FetchAsync(leading));
        AssertFailed("leads into a private network", await _web.FetchAsync(Address(leading) with { AllowHttp = true, AllowPrivate = true }, CancellationToken.None));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_name_for_a_private_address_needs_the_owners_word()
    {
        _server.Text("/", "lamp;3");
        var named = Address(new Uri($"http://wiki.test:{_server.Url.Port}/")) with { AllowHttp = true };

        AssertFailed("set AllowPrivate of this source to true", await _web.FetchAsync(named, CancellationToken.None));
        Assert.Empty(_server.Requests);
        Assert.IsType<Fetched.Content>(await _web.FetchAsync(named with { AllowPrivate = true }, CancellationToken.None));
        // What one source was allowed serves no other.
        AssertFailed("set AllowPrivate", await _web.FetchAsync(named, CancellationToken.None));
        AssertFailed("not with https", await _web.FetchAsync(named with { AllowHttp = false, AllowPrivate = true }, CancellationToken.None));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("2a00:1450:4001::1", true)]
    [InlineData("172.31.255.255", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:7f00:1::", false)]
    public void What_everybody_reaches_is_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    private Task<Fetched> FetchAsync(Uri url, string? etag = null, string? modified = null) =>
        _web.FetchAsync(Address(url) with { ETag = etag, LastModified = modified }, CancellationToken.None);

    private static SourceAddress Address(Uri url) => new(url, AllowHttp: false, AllowPrivate: false, null, null, LargestBytes: 100_000);

    private static void AssertFailed(string why, Fetched fetched) => Assert.Contains(why, Assert.IsType<Fetched.Failed>(fetched).Why, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _server.DisposeAsync();
    }
}
