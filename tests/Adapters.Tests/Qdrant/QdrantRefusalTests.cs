using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Support.Contracts.Qdrant;
using Support.Qdrant;
using Support.QdrantStandIn;

namespace Support.Tests.Qdrant;

/// <summary>What is wrong is said in one line that names the setting and the fix, and never the key.</summary>
public sealed class QdrantRefusalTests : QdrantTest
{
    private const string Key = "the-key-of-the-tests";

    protected override StandInOptions Options => new() { ApiKey = Key };

    [Theory]
    [InlineData("wrong-key-of-the-tests", "refuses the key (403)")]
    [InlineData(null, "refuses calls without a key (401)")]
    public async Task A_refused_key(string? key, string expected)
    {
        await using var desk = await OtherDeskAsync(("ApiKey", key));
        var problem = await ProblemOfPublishingAsync(desk);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.Contains("Support__Qdrant__ApiKey", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("of-the-tests", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_listens()
    {
        await PublishRulesAsync();
        await using var desk = await OtherDeskAsync(("Url", $"http://127.0.0.1:{FreePort()}"));
        Assert.Contains("cannot be reached", await ProblemOfAskingAsync(desk), StringComparison.Ordinal);
        Assert.Contains("Support__Qdrant__Url", await ProblemOfPublishingAsync(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_else_listens()
    {
        await PublishRulesAsync();
        StandIn.Instead = async context =>
        {
            await context.Response.WriteAsync("<html>Welcome!</html>");
            return true;
        };
        await using var desk = await OtherDeskAsync();
        Assert.Contains("is not Qdrant's API. Check Support__Qdrant__Url", await ProblemOfAskingAsync(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up_after_the_time_that_is_set()
    {
        await PublishRulesAsync();
        StandIn.Instead = async context =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        await using var desk = await OtherDeskAsync(("Timeout", "00:00:00.2"));
        Assert.Contains("no answer in 0.2 s", await ProblemOfAskingAsync(desk), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_overloaded_server_is_asked_again_after_the_pause_it_wants()
    {
        await PublishRulesAsync();
        var refused = 0;
        StandIn.Instead = context =>
        {
            if (Interlocked.Increment(ref refused) > 1)
                return Task.FromResult(false);
            context.Response.StatusCode = (int)HttpStatusCode.TooManyRequests;
            context.Response.Headers.RetryAfter = "1";
            return Task.FromResult(true);
        };
        Assert.Single(await Desk.TextsAsync(Tenant, "какой возврат"));
        Assert.Equal(2, refused);
    }

    [Theory]
    [InlineData("acknowledged")]
    [InlineData("wait_timeout")]
    public async Task A_change_that_was_only_taken_note_of_stops_the_publication(string status)
    {
        await PublishRulesAsync();
        StandIn.UpdateStatus = status;
        var problem = (await Assert.ThrowsAsync<Support.Retrieval.Outside.KnowledgeIndexException>(() => PublishRulesAsync("Возврат за 20 дней."))).Message;
        Assert.Contains($"\"{status}\"", problem, StringComparison.Ordinal);
        Assert.Equal(["Возврат за 14 дней."], await Desk.TextsAsync(Tenant, "какой возврат"));
    }

    [Fact]
    public async Task A_lost_volume_does_not_pass_for_knowing_nothing()
    {
        await PublishRulesAsync();
        StandIn.Forget();
        Assert.Contains("knowledge reindex", await ProblemOfAskingAsync(), StringComparison.Ordinal);
        await using var restarted = await OtherDeskAsync();
        await restarted.PublishAsync(await restarted.AddTenantAsync(), "theirs", Support.Knowledge.Audience.Customers, ("", "Текст."));
        Assert.Contains("PostgreSQL has 1 chunks of this company, the index has none", await ProblemOfAskingAsync(restarted), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.9.7", "too old")]
    [InlineData("0.11.0", "too old")]
    [InlineData("gateway", "none of Qdrant's")]
    public async Task A_version_that_cannot_do_it(string version, string expected)
    {
        await using var old = await TestQdrant.StandInAsync(new StandInOptions { Version = version });
        await using var desk = await OtherDeskAsync(("Url", old.StandIn!.Url.ToString()));
        var problem = await ProblemOfPublishingAsync(desk);
        Assert.Contains(version, problem, StringComparison.Ordinal);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
        Assert.Contains("Support__Qdrant__Url", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Url", "qdrant:6333", "Support__Qdrant__Url")]
    [InlineData("Url", "http://user:secret@qdrant:6333", "Support__Qdrant__Url")]
    [InlineData("Collection", "kb/1", "Support__Qdrant__Collection")]
    [InlineData("DenseSize", "many", "Support__Qdrant__DenseSize")]
    [InlineData("Timeout", "soon", "Support__Qdrant__Timeout")]
    public void A_bad_setting_is_named(string name, string value, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [$"Support:Qdrant:{name}"] = value }).Build();
        var services = new ServiceCollection();
        services.AddQdrant(configuration);
        using var provider = services.BuildServiceProvider();
        var refusal = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<QdrantOptions>>().Value);
        Assert.Contains(refusal.Failures, failure => failure.Contains(expected, StringComparison.Ordinal) && !failure.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_an_address_the_index_stays_in_process()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Support:Qdrant:Url"] = " " }).Build();
        Assert.False(new ServiceCollection().AddQdrant(configuration));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
