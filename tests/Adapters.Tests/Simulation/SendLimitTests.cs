using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class SendLimitTests : SimulationTest
{
    protected override SimulationOptions Options
    {
        get
        {
            var options = base.Options;
            options.EnforceLimits = true;
            foreach (var id in Enumerable.Range(5001, 20))
                options.Chats.Add(new SimulatedChat(id, $"Customer {id}"));
            return options;
        }
    }

    [Fact]
    public async Task A_private_chat_takes_three_at_once_and_then_one_a_second()
    {
        for (var i = 0; i < 3; i++)
            await Bot.SendAsync(Ann, "a");
        var refused = await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a" });
        Assert.Equal("429 Too Many Requests: retry after 1", refused.Refusal);
        Assert.Equal(1, refused.Parameters.GetProperty("retry_after").GetInt32());
        await Bot.SendAsync(1002, "another chat");

        Clock.Advance(TimeSpan.FromSeconds(1));

        await Bot.SendAsync(Ann, "a");
        Assert.Equal(429, (await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a" })).Code);
        Assert.Equal(2, Telegram.Stats().TooManyRequests);
    }

    [Fact]
    public async Task A_group_takes_20_in_any_minute()
    {
        for (var i = 0; i < 20; i++)
            await Bot.SendAsync(Group, "a");
        Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("429 Too Many Requests: retry after 40", (await Bot.CallAsync("sendMessage", new { chat_id = Group, text = "a" })).Refusal);

        Clock.Advance(TimeSpan.FromSeconds(40));

        await Bot.SendAsync(Group, "a");
    }

    [Fact]
    public async Task A_bot_sends_30_a_second()
    {
        for (var i = 0; i < 30; i++)
            await Bot.SendAsync(5001 + (i % 20), "a");

        Assert.Equal("429 Too Many Requests: retry after 1", (await Bot.CallAsync("sendMessage", new { chat_id = 5020, text = "a" })).Refusal);
    }

    [Fact]
    public async Task What_is_refused_for_another_reason_counts_nothing()
    {
        for (var i = 0; i < 10; i++)
            await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "" });

        await Bot.SendAsync(Ann, "a");
    }
}
