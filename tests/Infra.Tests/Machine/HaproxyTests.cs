using System.Net;
using Support.Contracts;
using Support.Tests.Scripts;

namespace Support.Tests.Machine;

public sealed class HaproxyTests
{
    private static readonly byte[] Megabyte = new byte[1024 * 1024];

    [Fact]
    public async Task The_configuration_is_valid()
    {
        var run = await ProgramRun.OfAsync(RunningProxy.Program, ["-c", "-f", RunningProxy.Configuration],
            environment: new Dictionary<string, string?> { ["SUPPORT_CERTIFICATE"] = Certificate.Make(TimeProvider.System) });
        Assert.True(run.Exit == 0, run.Output + run.Errors);
        Assert.DoesNotContain("WARNING", run.Output + run.Errors, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_request_passes_with_the_security_headers_on_its_answer()
    {
        await using var desk = await Answering.StartAsync(_ => (200, "ok"));
        await using var proxy = await RunningProxy.StartAsync(AddressOf(desk));
        using var answer = await ReachAsync(proxy, HttpStatusCode.OK, () => new HttpRequestMessage(HttpMethod.Get, "/why"));
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.All(["Strict-Transport-Security", "X-Frame-Options", "Referrer-Policy", "Content-Security-Policy"], name => Assert.True(answer.Headers.Contains(name), name));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/telegram/company/1", 1, 200)]
    [InlineData("/telegram/company/1", 2, 413)]
    [InlineData("/documents", 20, 200)]
    [InlineData("/documents", 33, 413)]
    [InlineData("/replay", 20, 200)]
    [InlineData("/replay/labels", 1, 413)]
    [InlineData("/ask", 1, 413)]
    public async Task A_body_that_is_too_large_is_refused_before_a_desk_hears_of_it(string path, int megabytes, int status)
    {
        await using var desk = await Answering.StartAsync(_ => (200, "ok"));
        await using var proxy = await RunningProxy.StartAsync(AddressOf(desk));
        using var passed = await ReachAsync(proxy, HttpStatusCode.OK, () => new HttpRequestMessage(HttpMethod.Get, "/why"));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent([.. Enumerable.Repeat(Megabyte, megabytes).SelectMany(part => part)]) };
        // Else the refusal comes while the body is still on its way.
        request.Headers.ExpectContinue = true;
        using var answer = await proxy.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 200, desk.Asked.Any(asked => asked.StartsWith($"POST {path}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_one_desk_cannot_do_another_does()
    {
        var busy = 0;
        await using var ill = await Answering.StartAsync(asked => asked.StartsWith("GET /health", StringComparison.Ordinal) ? (200, "ok") : (503, $"{Interlocked.Increment(ref busy)}"));
        await using var well = await Answering.StartAsync(_ => (200, "ok"));
        await using var proxy = await RunningProxy.StartAsync(AddressOf(ill), AddressOf(well));
        for (var i = 0; i < 10; i++)
            using (var answer = await ReachAsync(proxy, HttpStatusCode.OK, () => new HttpRequestMessage(HttpMethod.Post, "/telegram/company/1") { Content = new StringContent("{\"update_id\":1}") }))
                Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
        Assert.NotEqual(0, busy);
    }

    [Fact]
    public async Task Without_a_desk_the_caller_is_told_to_come_back()
    {
        await using var proxy = await RunningProxy.StartAsync();
        using var answer = await ReachAsync(proxy, HttpStatusCode.ServiceUnavailable, () => new HttpRequestMessage(HttpMethod.Get, "/health"));
        Assert.Equal("2", answer.Headers.GetValues("Retry-After").Single());
    }

    [Fact]
    public async Task One_address_gets_no_more_than_its_share()
    {
        await using var desk = await Answering.StartAsync(_ => (200, "ok"));
        await using var proxy = await RunningProxy.StartAsync(AddressOf(desk));
        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(async _ =>
        {
            using var answer = await proxy.Client.GetAsync(new Uri("/why", UriKind.Relative));
            return answer.StatusCode;
        }));
        Assert.InRange(answers.Count(status => status == HttpStatusCode.TooManyRequests), 90, 110);
    }

    private static string AddressOf(Answering desk) => new Uri(desk.Url).Authority;

    /// <summary>Asks until the answer is this one: HAProxy's first look at a desk's health takes a moment.</summary>
    private static async Task<HttpResponseMessage> ReachAsync(RunningProxy proxy, HttpStatusCode status, Func<HttpRequestMessage> request) =>
        await Eventually.GetAsync(async () =>
        {
            using var asked = request();
            var answer = await proxy.Client.SendAsync(asked);
            return answer.StatusCode == status ? answer : null;
        }, $"an answer with {(int)status}");
}
