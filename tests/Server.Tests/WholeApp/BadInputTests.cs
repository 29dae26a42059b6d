using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;
using Support.Contracts;
using Support.Simulation;
using Support.Tenants;
using Support.Tests.WholeApp.Kills;

namespace Support.Tests.WholeApp;

/// <summary>What comes to the webhook that should not, or twice, or while the database is away.</summary>
public sealed class BadInputTests(OneDesk one) : IClassFixture<OneDesk>
{
    private WebhookDoor Door { get; } = new(one.Desk, one.Memory.Tenant);

    [Fact]
    public async Task Without_the_right_secret_nothing_comes_in()
    {
        var update = WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), OneDesk.NewCustomer().Id, 1, "hello");
        var otherBot = new BotId(5);
        var otherTenant = new TenantId(Guid.NewGuid());
        string?[] wrong =
        [
            null,
            "",
            "g1_",
            Door.RightSecret + "A",
            Door.RightSecret[..^1],
            Door.RightSecret.Replace("g1_", "g2_", StringComparison.Ordinal),
            WebhookDoor.Secret(one.Memory.Tenant, otherBot),
            WebhookDoor.Secret(otherTenant, WebhookDoor.Bot),
            new string('x', 5000),
        ];
        foreach (var secret in wrong)
            Assert.Equal(HttpStatusCode.Unauthorized, await Door.StatusAsync(update, secret));
        Assert.Equal(HttpStatusCode.Unauthorized, await Door.StatusAsync(update, Door.RightSecret, bot: otherBot));
        Assert.Equal(HttpStatusCode.Unauthorized, await Door.StatusAsync(update, Door.RightSecret, of: otherTenant));
    }

    [Fact]
    public async Task An_update_with_a_revoked_secret_is_taken_and_dropped()
    {
        var (customer, update) = (OneDesk.NewCustomer(), WebhookDoor.NextUpdate());
        Assert.Equal(HttpStatusCode.OK, await Door.StatusAsync(WebhookDoor.TextUpdate(update, customer.Id, 1, "old"), WebhookDoor.Secret(one.Memory.Tenant, WebhookDoor.Bot, generation: 7)));
        Assert.Equal(HttpStatusCode.OK, await Door.StatusAsync(WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), customer.Id, 2, "How do I return a lamp?")));

        await UntilAsync("select count(*) from message where chat_id = @id and message_id = 2", customer.Id, 1);
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from job where queue = 'updates'") == 0, "all updates are worked off");
        Assert.Equal(0, await one.Memory.OneAsync<long>("select count(*) from message where chat_id = @id and message_id = 1", new { customer.Id }));
    }

    [Fact]
    public async Task More_than_a_megabyte_is_too_much()
    {
        var large = WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), 1, 1, new string('a', 1024 * 1024));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Door.StatusAsync(large));

        // Without a length in front it is noticed while it is read.
        using var chunked = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(large)));
        chunked.Headers.ContentLength = null;
        using var response = await Door.PostAsync(chunked, Door.RightSecret);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[{\"update_id\": 1}]")]
    [InlineData("{\"message\": {}}")]
    [InlineData("{\"update_id\": \"1\"}")]
    [InlineData("{\"update_id\": 1.5}")]
    [InlineData("{\"update_id\": null}")]
    [InlineData("{\"message\": {\"update_id\": 1}}")]
    [InlineData("{\"update_id\": 1")]
    [InlineData("{\"update_id\": 1} {}")]
    public async Task What_is_no_update_at_all_is_refused(string body) => Assert.Equal(HttpStatusCode.BadRequest, await Door.StatusAsync(body));

    [Theory]
    [InlineData("{{\"update_id\": {0}}}", "empty")]
    [InlineData("{{\"update_id\": {0}, \"poll\": {{\"id\": \"1\"}}}}", "poll")]
    [InlineData("{{\"update_id\": {0}, \"invented_in_2030\": [1, 2, {{\"deep\": true}}]}}", "invented_in_2030")]
    [InlineData("{{\"update_id\": {0}, \"message\": {{\"message_id\": 1, \"date\": 1}}}}", "message without chat")]
    [InlineData("{{\"update_id\": {0}, \"callback_query\": {{\"id\": \"1\", \"from\": {{\"id\": 1, \"is_bot\": false, \"first_name\": \"A\"}}}}}}", "callback_query without data")]
    public async Task Kinds_of_update_that_nobody_knows_are_acknowledged_done_and_counted(string body, string kind)
    {
        var before = await CountedAsync(kind);
        var update = WebhookDoor.NextUpdate();
        Assert.Equal(HttpStatusCode.OK, await Door.StatusAsync(string.Format(body, update)));

        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from update_seen where update_id = @update", new { update }) == 1, "the update is done");
        Assert.Equal([], await one.Memory.AllAsync<string>("select why from dead_letter where position(convert_to(@update, 'UTF8') in body) > 0", new { update = update.ToString() }));
        Assert.Equal(before + 1, await CountedAsync(kind));
    }

    /// <summary>As an admin is shown it.</summary>
    private async Task<int> CountedAsync(string kind)
    {
        var answer = await one.Desk.AskInChatAsync(Desk.Alice, "/check");
        return Regex.Match(answer.Text!, $@"(?:: |, ){Regex.Escape(kind)} (\d+)") is { Success: true } match ? int.Parse(match.Groups[1].Value) : 0;
    }

    [Fact]
    public async Task An_update_of_a_known_kind_that_cannot_be_read_becomes_a_dead_letter_that_the_admins_see()
    {
        var update = WebhookDoor.NextUpdate();
        Assert.Equal(HttpStatusCode.OK, await Door.StatusAsync($"{{\"update_id\": {update}, \"message\": \"not an object\"}}"));

        await one.Desk.ReplyAsync(Desk.Group, 0, m => m.Text!.Contains("could not be processed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_update_twice_is_one_message_and_one_answer()
    {
        var (customer, update) = (OneDesk.NewCustomer(), WebhookDoor.NextUpdate());
        var body = WebhookDoor.TextUpdate(update, customer.Id, 1, "How do I return a lamp?");
        Assert.Equal(HttpStatusCode.OK, await Door.StatusAsync(body));
        await UntilAsync("select count(*) from question q join conversation c on c.id = q.conversation_id where c.chat_id = @id", customer.Id, 1);

        Assert.Equal(HttpStatusCode.OK, await Door.StatusAsync(body));
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from job where queue = 'updates'") == 0, "the second is worked off");

        await OneQuestionAsync(customer.Id);
    }

    [Fact]
    public async Task The_same_update_on_eight_connections_at_once_is_one_message_and_one_answer()
    {
        var (customer, update) = (OneDesk.NewCustomer(), WebhookDoor.NextUpdate());
        var body = WebhookDoor.TextUpdate(update, customer.Id, 1, "How do I return a lamp?");

        var statuses = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Door.StatusAsync(body)));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        await UntilAsync("select count(*) from question q join conversation c on c.id = q.conversation_id where c.chat_id = @id", customer.Id, 1);
        await Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from job where queue = 'updates'") == 0, "all eight are worked off");
        await OneQuestionAsync(customer.Id);
    }

    [Fact]
    public async Task While_the_database_is_away_updates_are_refused_for_later_and_the_desk_carries_on_by_itself()
    {
        await using var postgres = await KillablePostgres.CreateAsync();
        await using var desk = await Desk.OpenAsync(database: postgres.DeskConnectionString);
        await desk.UploadAsync("returns.md", OneDesk.Guide);
        Assert.Contains("14 days", (await desk.AskInChatAsync(Desk.Ann, "How do I return a lamp?")).Text);
        var door = new WebhookDoor(desk, (await Memory.OfAsync(desk)).Tenant);

        await postgres.KillAsync();
        using (var refused = await door.PostAsync(WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), 1, 1, "hello")))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        }
        var written = desk.Write(Desk.Ann, "How long does delivery take?");
        await Eventually.HoldsAsync(() => desk.Telegram.Stats().WebhookErrors > 0, "Telegram was refused as well");
        await postgres.StartAsync();

        // The first answer may have been in doubt when PostgreSQL died, and then comes a second time.
        await desk.ReplyAsync(Desk.Ann.Id, written.MessageId, m => m.Text!.Contains("2 days", StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_the_database_is_away_every_door_says_so_and_when_to_come_back()
    {
        await using var postgres = await KillablePostgres.CreateAsync();
        await using var desk = await Desk.OpenAsync(database: postgres.DeskConnectionString);
        await desk.UploadAsync("returns.md", OneDesk.Guide);
        await using var busy = new NpgsqlConnection(postgres.CheckingConnectionString);
        await busy.OpenAsync();
        await busy.ExecuteAsync("begin; lock table chunk in access exclusive mode");
        // Kept, but it cannot be indexed: the answer is still due when PostgreSQL dies.
        var waiting = CallAsync(desk, HttpMethod.Post, "/documents?name=late.md", new StringContent("# Late\n\nIt came late."));
        await Eventually.HoldsAsync(async () => await busy.QuerySingleAsync<long>("select count(*) from document_version where state = 'queued'") == 1, "the document is kept");

        await postgres.KillAsync();

        await AssertAwayAsync(await waiting);
        await AssertAwayAsync(await CallAsync(desk, HttpMethod.Post, "/documents?name=x.md", new StringContent("# X\n\nx")));
        await AssertAwayAsync(await CallAsync(desk, HttpMethod.Get, "/documents"));
        await AssertAwayAsync(await CallAsync(desk, HttpMethod.Delete, "/documents?name=returns.md"));
        await AssertAwayAsync(await CallAsync(desk, HttpMethod.Get, "/why?chat=1&message_id=1"));
        await AssertAwayAsync(await CallAsync(desk, HttpMethod.Post, "/ask", JsonContent.Create(new { question = "How do I return a lamp?" })));

        await postgres.StartAsync();
        await Eventually.HoldsAsync(desk.Server.IsHealthyAsync, "the desk works again");
        await desk.UploadAsync("late.md", "# Late\n\nIt came late.");
    }

    [Fact]
    public async Task A_document_may_be_as_large_as_the_setting_says_and_a_larger_one_is_refused_by_its_name()
    {
        const int Megabyte = 1024 * 1024;
        await using var desk = await Desk.OpenAsync(change: settings => settings["Support__Readers__FileBytes"] = $"{40 * Megabyte}");
        foreach (var isChunked in (bool[])[false, true])
        {
            // Bytes of no format: what is asked here is only whether they are looked at.
            Assert.DoesNotContain("too large", await ReasonAsync(39, isChunked), StringComparison.Ordinal);
            Assert.Contains("big.md is too large", await ReasonAsync(41, isChunked), StringComparison.Ordinal);
        }

        async Task<string> ReasonAsync(int megabytes, bool isChunked)
        {
            var body = new StreamContent(new MemoryStream(new byte[megabytes * Megabyte]));
            if (isChunked)
                body.Headers.ContentLength = null;
            using var response = await CallAsync(desk, HttpMethod.Post, "/documents?name=big.md", body);
            return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("reason").GetString()!;
        }
    }

    private static async Task<HttpResponseMessage> CallAsync(Desk desk, HttpMethod method, string path, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, desk.Server.Url + path) { Content = body };
        request.Headers.Authorization = new("Bearer", "test-key");
        return await DeskServer.Http.SendAsync(request);
    }

    private static async Task AssertAwayAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
        Assert.Contains("away", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private async Task OneQuestionAsync(long customer)
    {
        Assert.Equal(1, await one.Memory.OneAsync<long>("select count(*) from message where chat_id = @customer and direction = 0", new { customer }));
        Assert.Equal(1, await one.Memory.OneAsync<long>("select count(*) from question q join conversation c on c.id = q.conversation_id where c.chat_id = @customer", new { customer }));
        Assert.Equal(1, await one.Memory.OneAsync<long>("select count(*) from outbox where chat_id = @customer", new { customer }));
    }

    private Task UntilAsync(string count, long id, long expected) =>
        Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>(count, new { id }) == expected, $"{count} is {expected}. The desk says: {one.Desk.Server.Output}");
}
