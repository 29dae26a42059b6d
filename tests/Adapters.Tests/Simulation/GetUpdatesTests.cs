using Xunit;

namespace Support.Tests.Simulation;

public sealed class GetUpdatesTests : SimulationTest
{
    private static readonly TimeSpan PollTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_offset_confirms_what_came_before()
    {
        Write(Ann, "one");
        Write(Ann, "two");
        Write(Ann, "three");

        var first = await UpdatesAsync();
        Assert.Equal(3, first.Count);
        var rest = await UpdatesAsync(first[1].GetProperty("update_id").GetInt64());

        Assert.Equal(["two", "three"], rest.Select(update => update.GetProperty("message").GetProperty("text").GetString()));
        Assert.Single(await UpdatesAsync(-1));
        Assert.Single(await UpdatesAsync());
    }

    [Fact]
    public async Task A_limit_is_kept()
    {
        Write(Ann, "one");
        Write(Ann, "two");

        Assert.Single((await Bot.CallAsync("getUpdates", new { limit = 1 })).Result.EnumerateArray());
    }

    [Fact]
    public async Task A_long_poll_ends_with_the_first_update()
    {
        var poll = Bot.CallAsync("getUpdates", new { timeout = 30 });
        await Clock.ArmedAsync(PollTime);

        Write(Ann, "hello");

        Assert.Equal("hello", (await poll).Result[0].GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_long_poll_ends_empty_after_its_time()
    {
        var poll = Bot.CallAsync("getUpdates", new { timeout = 30 });
        await Clock.ArmedAsync(PollTime);

        Clock.Advance(PollTime);

        Assert.Equal(0, (await poll).Result.GetArrayLength());
    }

    [Fact]
    public async Task Beside_a_webhook_polling_is_a_conflict()
    {
        Assert.True((await Bot.CallAsync("setWebhook", new { url = "http://127.0.0.1:1/" })).Ok);

        Assert.Equal(
            "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            (await Bot.CallAsync("getUpdates")).Refusal);
    }

    [Fact]
    public async Task Of_two_pollers_the_first_is_ended()
    {
        var first = Bot.CallAsync("getUpdates", new { timeout = 30 });
        await Clock.ArmedAsync(PollTime);

        Assert.True((await Bot.CallAsync("getUpdates")).Ok);

        Assert.Equal("409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", (await first).Refusal);
    }

    [Fact]
    public async Task Setting_a_webhook_ends_the_poller()
    {
        var poll = Bot.CallAsync("getUpdates", new { timeout = 30 });
        await Clock.ArmedAsync(PollTime);

        Assert.True((await Bot.CallAsync("setWebhook", new { url = "http://127.0.0.1:1/" })).Ok);

        Assert.Equal("409 Conflict: terminated by setWebhook request", (await poll).Refusal);
    }
}
