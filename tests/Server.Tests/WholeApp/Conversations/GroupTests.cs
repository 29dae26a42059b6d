using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>Groups of customers, an admins' forum, and a group that becomes another.</summary>
public sealed class GroupTests
{
    [Fact]
    public async Task In_a_group_the_bot_speaks_only_when_it_is_spoken_to()
    {
        const long Group = -1003000000001;
        await using var desk = await OpenAsync(null, null);
        desk.Telegram.AddChat(new SimulatedChat(Group, "Lamp lovers") { Members = [Desk.Ann, Desk.Boris] });

        desk.Write(Desk.Ann, "How do I return a lamp?", Group);
        desk.Write(Desk.Boris, "Nobody asked you, Ann", Group);
        var asked = desk.Write(Desk.Ann, "@support_sim_bot How do I return a lamp?", Group);
        var answer = await desk.ReplyAsync(Group, 0);
        Assert.Equal(asked.MessageId, answer.ReplyToMessage?.MessageId);
        Assert.Contains("14 days", answer.Text);

        var next = desk.Write(Desk.Ann, "How long does delivery take to the islands?", Group, replyTo: answer.MessageId);
        var second = await desk.ReplyAsync(Group, answer.MessageId);
        Assert.Equal(next.MessageId, second.ReplyToMessage?.MessageId);
        Assert.Contains("9 days", second.Text);
        Assert.Equal(2, desk.Telegram.Messages(Group).Count(m => m.From!.IsBot));
    }

    [Fact]
    public async Task In_a_forum_each_ticket_has_its_topic_and_a_deleted_one_is_made_anew()
    {
        const long Forum = -1004000000001;
        await using var desk = await OpenAsync(
            options => options.Chats.Add(new SimulatedChat(Forum, "Team") { Audience = ChatAudience.Admins, Members = [Desk.Alice, Desk.Oleg], IsForum = true }),
            settings => settings["Support__Desk__AdminsChat"] = Forum.ToString());
        var setUp = desk.Write(Desk.Alice, "/admins", Forum);
        await desk.ReplyAsync(Forum, setUp.MessageId);

        var promise = await desk.AskInChatAsync(Desk.Ann, "Do you sell pink elephants?");
        var card = await desk.ReplyAsync(Forum, setUp.MessageId, m => m.Text?.Contains("elephants", StringComparison.Ordinal) is true && m.MessageThreadId is not null);
        Assert.NotNull(card.MessageThreadId);

        desk.Telegram.Write(new UserMessage(Forum, Desk.Alice, "Only lamps.") { Thread = card.MessageThreadId });
        var reply = await desk.ReplyAsync(Desk.Ann.Id, promise.MessageId);
        Assert.Contains("Only lamps", reply.Text);

        desk.Telegram.ChangeTopic(new TopicChange(Forum, "delete") { From = Desk.Alice, Thread = card.MessageThreadId });
        desk.Write(Desk.Ann, "Not even a small one?");
        var relayed = await desk.ReplyAsync(Forum, card.MessageId, m => m.Text?.Contains("small one", StringComparison.Ordinal) is true);
        Assert.NotNull(relayed.MessageThreadId);
        Assert.NotEqual(card.MessageThreadId, relayed.MessageThreadId);

        desk.Telegram.Write(new UserMessage(Forum, Desk.Oleg, "Not even that.") { Thread = relayed.MessageThreadId });
        await desk.ReplyAsync(Desk.Ann.Id, reply.MessageId, m => m.Text!.Contains("Not even that", StringComparison.Ordinal));
    }

    [Fact]
    public async Task When_the_admins_group_becomes_a_supergroup_its_cards_are_shown_there_and_answered_there()
    {
        const long Group = -5001;
        const long Supergroup = -1005001000001;
        await using var desk = await OpenAsync(
            options => options.Chats.Add(new SimulatedChat(Group, "Team") { Audience = ChatAudience.Admins, Members = [Desk.Alice, Desk.Oleg] }),
            settings => settings["Support__Desk__AdminsChat"] = Group.ToString());
        var promise = await desk.AskInChatAsync(Desk.Ann, "Do you sell pink elephants?");
        await desk.ReplyAsync(Group, 0, m => m.Text?.Contains("elephants", StringComparison.Ordinal) is true);

        desk.Telegram.Migrate(new Migration(Group, Supergroup));

        var card = await desk.ReplyAsync(Supergroup, 0, m => m.Text?.Contains("elephants", StringComparison.Ordinal) is true);
        desk.Write(Desk.Oleg, "Only lamps.", Supergroup, replyTo: card.MessageId);
        Assert.Contains("Only lamps", (await desk.ReplyAsync(Desk.Ann.Id, promise.MessageId)).Text);
    }

    [Fact]
    public async Task Two_admins_press_take_at_once_and_each_is_told_who_has_it()
    {
        await using var desk = await OpenAsync(null, null);
        await desk.AskInChatAsync(Desk.Ann, "Do you sell pink elephants?");
        var card = await desk.ReplyAsync(Desk.Group, 0, m => m.Text?.Contains("elephants", StringComparison.Ordinal) is true);

        var presses = new[] { desk.Press(Desk.Alice, Desk.Group, card, ":take"), desk.Press(Desk.Oleg, Desk.Group, card, ":take") };
        await Eventually.HoldsAsync(() => presses.All(p => desk.Telegram.Callback(p.Id) is { Answered: true }), "both presses are answered");

        var notices = presses.Select(p => desk.Telegram.Callback(p.Id)!.Notice!).ToList();
        Assert.Single(notices, n => n.Contains("is yours", StringComparison.Ordinal));
        Assert.Single(notices, n => n.Contains("already", StringComparison.Ordinal));
    }

    internal static async Task<Desk> OpenAsync(Action<SimulationOptions>? prepare, Action<Dictionary<string, string>>? change)
    {
        var desk = await Desk.OpenAsync(prepare, change);
        await desk.UploadAsync("returns.md", OneDesk.Guide);
        return desk;
    }
}
