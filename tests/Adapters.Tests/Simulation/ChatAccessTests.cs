using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class ChatAccessTests : SimulationTest
{
    private async Task<string> RefusalAsync(long chat) => (await Bot.CallAsync("sendMessage", new { chat_id = chat, text = "a" })).Refusal;

    [Fact]
    public async Task A_chat_nobody_knows_is_not_found() => Assert.Equal("400 Bad Request: chat not found", await RefusalAsync(555));

    [Fact]
    public async Task Somebody_seen_in_a_group_has_to_press_Start_first()
    {
        Write(Group, "hello", from: 3003);
        Assert.Equal("403 Forbidden: bot can't initiate conversation with a user", await RefusalAsync(3003));

        Write(3003, "/start");

        Assert.Equal("accepted", await RefusalAsync(3003));
    }

    [Fact]
    public async Task A_blocked_bot_is_told_and_refused_until_it_is_unblocked()
    {
        Telegram.SetMember(new MembershipChange(Ann, "kicked") { Bot = 0 });
        Assert.Equal("403 Forbidden: bot was blocked by the user", await RefusalAsync(Ann));

        Write(Ann, "I am back");

        Assert.Equal("accepted", await RefusalAsync(Ann));
        Assert.Equal(
            ["member>kicked", "kicked>member"],
            (await UpdatesAsync()).Where(update => update.TryGetProperty("my_chat_member", out _)).Select(update => update.GetProperty("my_chat_member"))
                .Select(change => $"{change.GetProperty("old_chat_member").GetProperty("status")}>{change.GetProperty("new_chat_member").GetProperty("status")}"));
    }

    [Fact]
    public async Task A_bot_that_was_kicked_or_left_cannot_write_to_the_group()
    {
        Telegram.SetMember(new MembershipChange(Group, "kicked") { Bot = 0 });
        Assert.Equal("403 Forbidden: bot was kicked from the supergroup chat", await RefusalAsync(Group));

        Telegram.SetMember(new MembershipChange(Group, "member") { Bot = 0 });
        Assert.True((await Bot.CallAsync("leaveChat", new { chat_id = Group })).Ok);
        Assert.Equal("403 Forbidden: bot is not a member of the supergroup chat", await RefusalAsync(Group));
    }

    [Fact]
    public async Task A_group_that_became_a_supergroup_says_where_it_went()
    {
        Write(-77, "hello", from: 3001);
        Telegram.Migrate(new Migration(-77, -1002000000077));

        var answer = await Bot.CallAsync("sendMessage", new { chat_id = -77, text = "a" });
        Assert.Equal("400 Bad Request: group chat was upgraded to a supergroup chat", answer.Refusal);
        Assert.Equal(-1002000000077, answer.Parameters.GetProperty("migrate_to_chat_id").GetInt64());
        Assert.Equal("accepted", await RefusalAsync(-1002000000077));
    }

    [Fact]
    public async Task A_bot_learns_its_rights_and_the_administrators()
    {
        var me = (await Bot.CallAsync("getChatMember", new { chat_id = Group, user_id = 900001 })).Result;
        Assert.Equal("administrator", me.GetProperty("status").GetString());
        Assert.True(me.GetProperty("can_manage_topics").GetBoolean());

        Assert.Equal(
            [3001L, 900001L],
            (await Bot.CallAsync("getChatAdministrators", new { chat_id = Group })).Result.EnumerateArray().Select(member => member.GetProperty("user").GetProperty("id").GetInt64()));
        Assert.Equal("Support team", (await Bot.CallAsync("getChat", new { chat_id = Group })).Result.GetProperty("title").GetString());
    }

    [Fact]
    public async Task Without_being_administrator_a_bot_sees_in_a_group_only_what_is_meant_for_it()
    {
        Telegram.SetMember(new MembershipChange(Group, "member") { Bot = 0 });
        var question = await Bot.SendAsync(Group, "Anything?");
        Write(Group, "between us", from: 3001);
        Write(Group, "/help", from: 3001);
        Write(Group, "/help@other_bot", from: 3001);
        Write(Group, "@support_sim_bot please", from: 3001);
        Telegram.Write(new UserMessage(Group, new SimulatedUser(3001), "yes") { ReplyTo = question });

        Assert.Equal(
            ["/help", "@support_sim_bot please", "yes"],
            (await UpdatesAsync()).Where(update => update.TryGetProperty("message", out _)).Select(update => update.GetProperty("message").GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_bot_that_is_added_to_a_new_group_learns_who_added_it_and_what_it_may()
    {
        Telegram.SetMember(new MembershipChange(-1002000000999, "administrator") { Bot = 0, By = StartingCompany.Alice, CanPinMessages = false });

        var updates = await UpdatesAsync();
        var change = updates[0].GetProperty("my_chat_member");
        Assert.Equal("left", change.GetProperty("old_chat_member").GetProperty("status").GetString());
        Assert.Equal("administrator", change.GetProperty("new_chat_member").GetProperty("status").GetString());
        Assert.False(change.GetProperty("new_chat_member").GetProperty("can_pin_messages").GetBoolean());
        Assert.Equal(3001, change.GetProperty("from").GetProperty("id").GetInt64());
        Assert.Equal(900001, updates[1].GetProperty("message").GetProperty("new_chat_members")[0].GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task Who_joins_and_leaves_is_announced()
    {
        Telegram.SetMember(new MembershipChange(Group, "member") { User = new SimulatedUser(3009, "New") });
        Telegram.SetMember(new MembershipChange(Group, "left") { User = new SimulatedUser(3009) });

        var updates = await UpdatesAsync();
        Assert.Equal(3009, updates[0].GetProperty("message").GetProperty("new_chat_members")[0].GetProperty("id").GetInt64());
        Assert.Equal("New", updates[1].GetProperty("message").GetProperty("left_chat_member").GetProperty("first_name").GetString());
    }
}
