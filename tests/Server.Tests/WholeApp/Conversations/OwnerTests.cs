using Support.Contracts;
using Support.Simulation;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>A desk that belongs to nobody yet: the one-time link, and whom it promises meanwhile.</summary>
public sealed class OwnerTests
{
    private const string Code = "k3Jx9vQ2mZ7pL1sT8wY4bN";

    [Fact]
    public async Task The_link_makes_exactly_one_owner_who_gets_what_was_waiting_and_then_a_group_does()
    {
        const long Group = -1006000000001;
        await using var desk = await GroupTests.OpenAsync(null, settings =>
        {
            settings.Remove("ADMIN_IDS");
            settings.Remove("EDITOR_IDS");
            settings.Remove("Support__Desk__AdminsChat");
            settings["Support__Telegram__OwnerCode"] = Code;
        });
        var customer = OneDesk.NewCustomer();
        var alone = await desk.AskInChatAsync(customer, "Do you sell pink elephants?");
        Assert.Contains("no colleague can be reached", alone.Text);
        Assert.DoesNotContain("I have passed", alone.Text);

        var people = Enumerable.Range(0, 4).Select(_ => OneDesk.NewCustomer()).ToArray();
        await Task.WhenAll(people.Select(person => Task.Run(() => desk.Write(person, "/start " + Code))));
        var said = new List<(SimulatedUser Person, string Text)>();
        foreach (var person in people)
            said.Add((person, (await desk.ReplyAsync(person.Id, 0)).Text!));
        var owner = Assert.Single(said, s => s.Text.Contains("You are the owner", StringComparison.Ordinal)).Person;
        Assert.Equal(3, said.Count(s => s.Text.Contains("used already", StringComparison.Ordinal)));
        await desk.ReplyAsync(owner.Id, 0, m => m.Text!.Contains("elephants", StringComparison.Ordinal));

        var memory = await Memory.OfAsync(desk);
        Assert.Equal([owner.Id], await memory.AllAsync<long>("select person_id from audit where action = 'become-owner'"));

        // Offered again at each start, and never taken again.
        await desk.Server.KillAsync();
        desk.Server.Launch();
        await desk.Server.UntilHealthyAsync();
        var late = OneDesk.NewCustomer();
        Assert.Contains("used already", (await desk.AskInChatAsync(late, "/start " + Code)).Text);

        desk.Telegram.AddChat(new SimulatedChat(Group, "New team") { Members = [owner, people.First(p => p != owner)], BotIsAdministrator = false });
        var refused = desk.Write(people.First(p => p != owner), "/admins@support_sim_bot", Group);
        Assert.Contains("Only the owner", (await desk.ReplyAsync(Group, refused.MessageId)).Text);
        var command = desk.Write(owner, "/admins@support_sim_bot", Group);
        Assert.Contains("to be an administrator", (await desk.ReplyAsync(Group, command.MessageId)).Text);
        await desk.ReplyAsync(Group, command.MessageId, m => m.Text!.Contains("elephants", StringComparison.Ordinal));
    }
}
