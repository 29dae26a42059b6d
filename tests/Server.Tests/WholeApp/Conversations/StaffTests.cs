using System.Text;
using Support.Simulation;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>Who becomes what, what the bot lacks, and what an owner without a group is told.</summary>
public sealed class StaffTests
{
    [Fact]
    public async Task The_owner_appoints_by_a_reply_and_learns_who_has_not_pressed_start()
    {
        await using var desk = await OpenAsync();
        var memory = await Memory.OfAsync(desk);
        var morning = desk.Write(Desk.Oleg, "Morning!", Desk.Group);

        Assert.Contains("Reply to a message of the person with /admin", await CommandAsync(Desk.Alice, "/admin", replyTo: null));
        var first = await CommandAsync(Desk.Alice, "/admin", morning.MessageId);
        Assert.Contains("is now an admin", first);
        Assert.Contains("have not pressed Start", first);

        desk.Write(Desk.Oleg, "/start");
        await desk.ReplyAsync(Desk.Oleg.Id, 0);
        var second = await CommandAsync(Desk.Alice, "/editor", morning.MessageId);
        Assert.Contains("Олег is now an editor", second);
        Assert.DoesNotContain("have not pressed Start", second);

        var file = desk.Telegram.SendFile(new UserFile(Desk.Oleg.Id, Desk.Oleg, "lamps.md", Encoding.UTF8.GetBytes("# Lamps\n\nA lamp is a lamp.")));
        Assert.Contains("lamps.md", (await desk.ReplyAsync(Desk.Oleg.Id, file.MessageId)).Text);
        Assert.Contains("Only the owner", (await desk.ReplyAsync(Desk.Group, desk.Write(Desk.Eve, "/admin", Desk.Group, replyTo: morning.MessageId).MessageId)).Text);
        Assert.Equal(
            ["appoint-admin 3002 by 3001", "appoint-editor 3002 by 3001"],
            await memory.AllAsync<string>("select action || ' ' || subject || ' by ' || person_id from audit where action like 'appoint%' order by id"));

        async Task<string> CommandAsync(SimulatedUser who, string command, long? replyTo) =>
            (await desk.ReplyAsync(Desk.Group, desk.Write(who, command, Desk.Group, replyTo).MessageId, m => !IsNowhere(m.Text!))).Text!;

        // What Oleg said to his colleagues is answered with that, sooner or later.
        static bool IsNowhere(string text) => text.Contains("никуда не ушло", StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_forum_without_the_right_to_manage_topics_the_bot_says_so()
    {
        const long Forum = -1004000000002;
        await using var desk = await OpenAsync(options =>
            options.Chats.Add(new SimulatedChat(Forum, "Team") { Audience = ChatAudience.Admins, Members = [Desk.Alice], IsForum = true }));
        desk.Telegram.SetMember(new MembershipChange(Forum, "administrator") { Bot = StartingCompany.Bot.Id, CanManageTopics = false });

        Assert.Contains("the right to manage topics", (await desk.ReplyAsync(Forum, desk.Write(Desk.Alice, "/admins", Forum).MessageId, m => m.Text!.Contains("now gets", StringComparison.Ordinal))).Text);

        desk.Telegram.SetMember(new MembershipChange(Forum, "administrator") { Bot = StartingCompany.Bot.Id, CanManageTopics = true });
        Assert.DoesNotContain("manage topics", (await desk.ReplyAsync(Forum, desk.Write(Desk.Alice, "/check", Forum).MessageId, m => m.Text!.Contains("Admins' group", StringComparison.Ordinal))).Text);
    }

    [Fact]
    public async Task Without_a_group_the_owner_may_try_the_bot_out_but_no_answer_to_a_customer_gets_lost()
    {
        await using var desk = await OpenAsync(null, settings => settings.Remove("Support__Desk__AdminsChat"));
        var greeting = await desk.AskInChatAsync(Desk.Alice, "/start");
        Assert.Contains("14 days", (await desk.AskInChatAsync(Desk.Alice, "How do I return a lamp?")).Text);

        var promise = await desk.AskInChatAsync(Desk.Ann, "Do you sell pink elephants?");
        var card = await desk.ReplyAsync(Desk.Alice.Id, 0, m => m.Text!.Contains("elephants", StringComparison.Ordinal));
        Assert.Contains("reply to their card", (await desk.AskInChatAsync(Desk.Alice, "How do I return a lamp?")).Text);
        var astray = desk.Write(Desk.Alice, "Only lamps.", replyTo: greeting.MessageId);
        Assert.Contains("went nowhere", (await desk.ReplyAsync(Desk.Alice.Id, astray.MessageId)).Text);
        desk.Write(Desk.Alice, "Only lamps, in every colour.", replyTo: card.MessageId);

        Assert.Equal("Only lamps, in every colour.", (await desk.ReplyAsync(Desk.Ann.Id, promise.MessageId)).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_language_chosen_where_cards_go_is_what_the_admins_are_spoken_to_in(bool inGroup)
    {
        await using var desk = await OpenAsync(null, settings =>
        {
            if (!inGroup)
                settings.Remove("Support__Desk__AdminsChat");
        });
        await desk.AskInChatAsync(Desk.Alice, "/start");
        var place = inGroup ? Desk.Group : Desk.Alice.Id;
        var choice = await desk.ReplyAsync(place, desk.Write(Desk.Alice, "/language", place).MessageId);
        if (inGroup)
        {
            var refused = desk.Press(Desk.Oleg, place, choice, "l:en");
            await Support.Contracts.Eventually.HoldsAsync(() => desk.Telegram.Callback(refused.Id)?.Notice is { } notice && notice.Contains("владелец", StringComparison.Ordinal), "who is no admin is refused");
        }
        desk.Press(Desk.Alice, place, choice, "l:ru");
        await Support.Contracts.Eventually.HoldsAsync(() => desk.Telegram.Messages(place).Any(m => m.Text == "Буду говорить по-русски."), "the choice is confirmed");

        using var bad = await new WebhookDoor(desk, (await Memory.OfAsync(desk)).Tenant).PostAsync($"{{\"update_id\": {WebhookDoor.NextUpdate()}, \"message\": \"not an object\"}}");

        await desk.ReplyAsync(place, desk.Write(Desk.Alice, "/check", place).MessageId, m => m.Text!.StartsWith("Группа админов", StringComparison.Ordinal));
        await desk.ReplyAsync(place, choice.MessageId, m => m.Text!.StartsWith("Что-то не удалось обработать", StringComparison.Ordinal));
    }

    /// <summary>Alice is the owner; nobody else is anything.</summary>
    private static Task<Desk> OpenAsync(Action<SimulationOptions>? prepare = null, Action<Dictionary<string, string>>? change = null) => GroupTests.OpenAsync(prepare, settings =>
    {
        settings.Remove("ADMIN_IDS");
        settings.Remove("EDITOR_IDS");
        settings["SUPER_ADMIN_IDS"] = Desk.Alice.Id.ToString();
        change?.Invoke(settings);
    });
}
