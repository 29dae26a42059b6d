using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class WebhookDeliveryTests : SimulationTest
{
    private WebhookReceiver _hook = null!;

    private async Task SetWebhookAsync(object? more = null)
    {
        _hook = await WebhookReceiver.StartAsync();
        Assert.True((await Bot.CallAsync("setWebhook", more ?? new { url = _hook.Url, secret_token = "secret-1" })).Ok);
    }

    private async Task<System.Text.Json.JsonElement> InfoAsync() => (await Bot.CallAsync("getWebhookInfo")).Result;

    /// <summary>A call the simulation answers only after it has dealt with the answer to the last update.</summary>
    private async Task SettledAsync(int pending)
    {
        while ((await InfoAsync()).GetProperty("pending_update_count").GetInt32() != pending)
            await Task.Yield();
    }

    [Fact]
    public async Task An_update_comes_with_the_secret()
    {
        await SetWebhookAsync();
        Write(Ann, "hello");

        var received = await _hook.NextAsync();

        Assert.Equal(("secret-1", "hello"), (received.Secret, received.Text));
        received.Answer(204);
        await SettledAsync(0);
    }

    [Fact]
    public async Task The_messages_of_a_chat_come_one_after_another_and_those_of_others_beside_them()
    {
        await SetWebhookAsync();
        Write(Ann, "first");
        var first = await _hook.NextAsync();
        Write(Ann, "second");
        Write(1002, "other");

        var other = await _hook.NextAsync();
        Assert.Equal("other", other.Text);
        other.Answer(200);
        await SettledAsync(2);
        Assert.False(_hook.HasMore);

        first.Answer(200);

        Assert.Equal("second", (await _hook.NextAsync()).Text);
    }

    [Fact]
    public async Task A_callback_and_a_membership_do_not_wait_for_the_chats_message()
    {
        await SetWebhookAsync();
        var sent = await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_markup = new { inline_keyboard = new[] { new[] { new { text = "b", callback_data = "c" } } } } });
        Write(Ann, "slow");
        await _hook.NextAsync();

        Telegram.Press(new ButtonPress(Ann, new SimulatedUser(Ann), sent.Result.GetProperty("message_id").GetInt64(), "c"));
        Telegram.SetMember(new MembershipChange(Ann, "kicked") { Bot = 0 });

        // In either order: the two have lines of their own.
        Assert.Equal(["callback_query", "my_chat_member"], new[] { Kind(await _hook.NextAsync()), Kind(await _hook.NextAsync()) }.Order());

        static string Kind(Received received) => received.Update.EnumerateObject().Single(member => member.Name != "update_id").Name;
    }

    [Fact]
    public async Task What_fails_comes_again_at_once_and_then_after_2_and_4_seconds()
    {
        await SetWebhookAsync();
        Write(Ann, "hello");
        (await _hook.NextAsync()).Answer(500);
        (await _hook.NextAsync()).Answer(503);
        foreach (var seconds in new[] { 2, 4, 8 })
        {
            await Clock.ArmedAsync(TimeSpan.FromSeconds(seconds));
            Clock.Advance(TimeSpan.FromSeconds(seconds - 1));
            Assert.False(_hook.HasMore);
            Clock.Advance(TimeSpan.FromSeconds(1));
            (await _hook.NextAsync()).Answer(500);
        }

        await Clock.ArmedAsync(TimeSpan.FromSeconds(16));
        var info = await InfoAsync();
        Assert.Equal("Wrong response from the webhook: 500 Internal Server Error", info.GetProperty("last_error_message").GetString());
        Assert.Equal(1, info.GetProperty("pending_update_count").GetInt32());
        Clock.Advance(TimeSpan.FromSeconds(16));
        (await _hook.NextAsync()).Answer(200);
        await SettledAsync(0);
        Assert.Equal((1, 5), (Telegram.Stats().UpdatesDelivered, Telegram.Stats().WebhookErrors));
    }

    [Fact]
    public async Task Nothing_of_the_chat_passes_an_update_that_waits()
    {
        await SetWebhookAsync();
        Write(Ann, "first");
        (await _hook.NextAsync()).Answer(500);
        (await _hook.NextAsync()).Answer(500);
        await Clock.ArmedAsync(TimeSpan.FromSeconds(2));
        Write(Ann, "second");
        Write(1002, "other");
        Assert.Equal("other", (await _hook.NextAsync()).Text);
        Assert.False(_hook.HasMore);

        Clock.Advance(TimeSpan.FromSeconds(2));
        var again = await _hook.NextAsync();
        Assert.Equal("first", again.Text);
        again.Answer(200);

        Assert.Equal("second", (await _hook.NextAsync()).Text);
    }

    [Fact]
    public async Task Retry_After_is_honoured()
    {
        await SetWebhookAsync();
        Write(Ann, "hello");
        (await _hook.NextAsync()).Answer(503, retryAfter: "7");

        await Clock.ArmedAsync(TimeSpan.FromSeconds(7));
        Clock.Advance(TimeSpan.FromSeconds(7));

        (await _hook.NextAsync()).Answer(200);
    }

    [Fact]
    public async Task No_more_than_max_connections_are_under_way()
    {
        _hook = await WebhookReceiver.StartAsync();
        Assert.True((await Bot.CallAsync("setWebhook", new { url = _hook.Url, max_connections = 1 })).Ok);
        Write(Ann, "one");
        Write(1002, "two");

        var one = await _hook.NextAsync();
        await InfoAsync();
        Assert.False(_hook.HasMore);
        one.Answer(200);

        Assert.Equal("two", (await _hook.NextAsync()).Text);
    }

    [Fact]
    public async Task A_callback_expires_after_150_seconds_and_a_message_after_a_day()
    {
        var sent = await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_markup = new { inline_keyboard = new[] { new[] { new { text = "b", callback_data = "c" } } } } });
        Write(Ann, "hello");
        Telegram.Press(new ButtonPress(Ann, new SimulatedUser(Ann), sent.Result.GetProperty("message_id").GetInt64(), "c"));
        await SettledAsync(2);

        Clock.Advance(TimeSpan.FromSeconds(150));
        await SettledAsync(1);
        Clock.Advance(TimeSpan.FromHours(24));

        await SettledAsync(0);
        Assert.Equal(2, Telegram.Stats().UpdatesExpired);
    }

    [Fact]
    public async Task Only_allowed_updates_come()
    {
        Assert.True((await Bot.CallAsync("setWebhook", new { url = "http://127.0.0.1:1/", allowed_updates = new[] { "callback_query" } })).Ok);
        Write(Ann, "unwanted");

        Assert.Equal(0, (await InfoAsync()).GetProperty("pending_update_count").GetInt32());
        Assert.Equal("callback_query", (await InfoAsync()).GetProperty("allowed_updates")[0].GetString());
    }

    [Fact]
    public async Task An_address_where_nobody_listens_is_an_error_to_look_up()
    {
        Assert.True((await Bot.CallAsync("setWebhook", new { url = "http://127.0.0.1:1/" })).Ok);
        Write(Ann, "hello");
        await Clock.ArmedAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("Connection refused", (await InfoAsync()).GetProperty("last_error_message").GetString());
        Assert.Equal(Clock.GetUtcNow().ToUnixTimeSeconds(), (await InfoAsync()).GetProperty("last_error_date").GetInt64());
    }

    [Fact]
    public async Task What_is_pending_is_delivered_once_the_webhook_is_there_and_can_be_dropped()
    {
        Write(Ann, "early");
        await SetWebhookAsync();
        (await _hook.NextAsync()).Answer(200);
        await SettledAsync(0);

        Assert.Equal("Webhook was deleted", (await Bot.CallAsync("deleteWebhook")).Description);
        Write(Ann, "unread");
        Assert.Equal("Webhook is already deleted", (await Bot.CallAsync("deleteWebhook", new { drop_pending_updates = true })).Description);
        await SettledAsync(0);
    }

    [Fact]
    public async Task A_webhook_that_was_gone_for_23_hours_is_dropped()
    {
        await SetWebhookAsync();
        Write(Ann, "hello");
        (await _hook.NextAsync()).Answer(410);
        (await _hook.NextAsync()).Answer(410);
        await Clock.ArmedAsync(TimeSpan.FromSeconds(2));
        Assert.NotEqual("", (await InfoAsync()).GetProperty("url").GetString());

        Clock.Advance(TimeSpan.FromHours(23));
        (await _hook.NextAsync()).Answer(410);
        await Clock.ArmedAsync(TimeSpan.FromSeconds(4));

        Assert.Equal("", (await InfoAsync()).GetProperty("url").GetString());
        Assert.Single(await UpdatesAsync());
    }

    [Theory]
    [InlineData("http://example.com/", null, "bad webhook: An HTTPS URL must be provided for webhook")]
    [InlineData("https://example.com:9000/", null, "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")]
    [InlineData("https://example.com/", "not allowed", "secret token contains unallowed characters")]
    public async Task A_webhook_that_Telegram_would_not_take_is_refused(string url, string? secret, string flaw) =>
        Assert.Equal("400 Bad Request: " + flaw, (await Bot.CallWithFormAsync("setWebhook", ("url", url), ("secret_token", secret ?? "a"))).Refusal);

    public override async ValueTask DisposeAsync()
    {
        if (_hook is not null)
            await _hook.DisposeAsync();
        await base.DisposeAsync();
    }
}
