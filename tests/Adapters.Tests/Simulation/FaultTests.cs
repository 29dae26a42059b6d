using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class FaultTests : SimulationTest
{
    [Fact]
    public async Task A_fault_hits_its_method_as_often_as_it_says()
    {
        Telegram.AddFault(new Fault("sendMessage", 429) { RetryAfter = 5, Count = 2 });

        Assert.True((await Bot.CallAsync("getMe")).Ok);
        for (var i = 0; i < 2; i++)
        {
            var refused = await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a" });
            Assert.Equal("429 Too Many Requests: retry after 5", refused.Refusal);
            Assert.Equal(5, refused.Parameters.GetProperty("retry_after").GetInt32());
        }
        await Bot.SendAsync(Ann, "a");
    }

    [Fact]
    public async Task A_fault_of_any_method_lasts_until_it_is_cleared()
    {
        Telegram.AddFault(new Fault(Fault.AnyMethod, 502));
        Assert.Equal("502 Bad Gateway", (await Bot.CallAsync("getMe")).Refusal);
        Assert.Equal("502 Bad Gateway", (await Bot.CallAsync("getChat", new { chat_id = Ann })).Refusal);

        Telegram.ClearFaults();

        Assert.True((await Bot.CallAsync("getMe")).Ok);
    }

    [Fact]
    public async Task A_connection_dropped_before_leaves_nothing_and_one_dropped_after_leaves_the_message()
    {
        Telegram.AddFault(new Fault("sendMessage", Fault.DropBefore) { Count = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => Bot.SendAsync(Ann, "lost"));
        Assert.Empty(Telegram.Messages(Ann));

        Telegram.AddFault(new Fault("sendMessage", Fault.DropAfter) { Count = 1 });
        await Assert.ThrowsAsync<HttpRequestException>(() => Bot.SendAsync(Ann, "arrived"));
        Assert.Equal("arrived", Assert.Single(Telegram.Messages(Ann)).Text);
    }

    [Theory]
    [InlineData("sendMesage", 500, 1)]
    [InlineData("sendMessage", 200, 1)]
    [InlineData("sendMessage", 500, 0)]
    public void A_fault_that_would_hit_nothing_is_refused(string method, int code, int count) =>
        Assert.Throws<ArgumentException>(() => Telegram.AddFault(new Fault(method, code) { Count = count }));

    [Fact]
    public async Task A_fault_can_say_its_own_words()
    {
        Telegram.AddFault(new Fault("sendMessage", 403) { Description = "Forbidden: user is deactivated" });

        Assert.Equal("403 Forbidden: user is deactivated", (await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a" })).Refusal);
    }
}
