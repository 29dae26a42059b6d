using Support.Contracts;
using Support.Server.Desk;
using Support.Simulation;

namespace Support.Tests.WholeApp;

/// <summary>Databases that were made while the simulated company still was the owner's own.</summary>
public sealed class TryItCompanyTests
{
    private static readonly SimulatedBot Real = new("700007:REAL-0000000000000000000000000000000", "real_bot", "Real");

    [Fact]
    public async Task What_was_tried_out_goes_on_and_a_real_bot_begins_without_it()
    {
        var database = await TestDatabase.CreateAsync();
        var chats = TestFolders.New("simulation");
        await using (var before = await Desk.OpenAsync(database: database))
            await before.UploadAsync("returns.md", OneDesk.Guide);

        await using (var tried = await Desk.OpenAsync(options => options.DataFolder = chats, AsTriedOut, database))
            Assert.Contains("14 days", (await tried.AskInChatAsync(Desk.Ann, "How do I return a lamp?")).Text);

        await using (var live = await Desk.OpenAsync(WithRealBot, AsLive, database))
        {
            Assert.DoesNotContain("14 days", (await live.AskInChatAsync(Desk.Ann, "How do I return a lamp?", Real.Id)).Text);
            Assert.Equal(0, await CountStaffAsync(live));
        }

        await using var again = await Desk.OpenAsync(options => options.DataFolder = chats, AsTriedOut, database);
        Assert.Contains("14 days", (await again.AskInChatAsync(Desk.Boris, "How do I return a lamp?")).Text);
    }

    [Fact]
    public async Task A_real_bot_that_shared_its_company_with_the_simulation_keeps_it_without_the_simulated_people()
    {
        var database = await TestDatabase.CreateAsync();
        await using (var shared = await Desk.OpenAsync(WithRealBot, AsShared, database))
        {
            await shared.UploadAsync("returns.md", OneDesk.Guide);
            Assert.Equal(3, await CountStaffAsync(shared));
        }

        await using (var live = await Desk.OpenAsync(WithRealBot, AsLive, database))
        {
            Assert.Contains("14 days", (await live.AskInChatAsync(Desk.Ann, "How do I return a lamp?", Real.Id)).Text);
            Assert.Equal(0, await CountStaffAsync(live));
        }

        await using var tried = await Desk.OpenAsync(change: AsTriedOut, database: database);
        Assert.DoesNotContain("14 days", (await tried.AskInChatAsync(Desk.Ann, "How do I return a lamp?")).Text);
    }

    [Fact]
    public async Task A_bot_that_is_in_the_settings_no_more_is_left_alone_with_all_that_waits_for_it()
    {
        var database = await TestDatabase.CreateAsync();
        await using (var before = await Desk.OpenAsync(database: database))
        {
            // An answer that cannot leave waits in the outbox.
            before.Telegram.AddFault(new Fault("sendMessage", 502));
            before.Write(Desk.Ann, "/help");
            var memory = await Memory.OfAsync(before);
            await Eventually.HoldsAsync(async () => await memory.OneAsync<long>("select count(*) from outbox where state in (0, 1)") > 0, "an answer waits");
            await Eventually.HoldsAsync(async () => await memory.OneAsync<long>("select count(*) from job where queue = 'updates'") == 0, "the update is worked off");
        }

        await using var live = await Desk.OpenAsync(WithRealBot, AsLive, database);
        var kept = await Memory.OfAsync(live, TryItCompany.Name);
        Assert.Equal(1, await kept.OneAsync<long>("select count(*) from bot where length(token) = 0"));
        var door = new WebhookDoor(live, kept.Tenant);
        Assert.Equal(System.Net.HttpStatusCode.OK, await door.StatusAsync(WebhookDoor.TextUpdate(WebhookDoor.NextUpdate(), Desk.Ann.Id, 100, "late")));
        await live.AskInChatAsync(Desk.Boris, "/help", Real.Id);
        await Eventually.HoldsAsync(async () => await kept.OneAsync<long>("select count(*) from job where queue = 'updates' and due_at > now() + interval '5 seconds'") == 1, "what came late waits as well");
        Assert.Equal(1, await kept.OneAsync<long>("select count(*) from outbox where state in (0, 1)"));
        Assert.Equal(0, await kept.OneAsync<long>("select count(*) from dead_letter"));
    }

    private static void WithRealBot(SimulationOptions options)
    {
        options.Bots.Add(Real);
        options.Bots.Add(StartingCompany.Bot);
    }

    private static void AsTriedOut(Dictionary<string, string> settings) => settings["Support__Desk__Tenant"] = TryItCompany.Name;

    private static void AsLive(Dictionary<string, string> settings)
    {
        settings["Support__Telegram__Token"] = Real.Token;
        foreach (var name in (string[])["Support__Desk__AdminsChat", "ADMIN_IDS", "EDITOR_IDS"])
            settings.Remove(name);
    }

    private static void AsShared(Dictionary<string, string> settings)
    {
        settings["Support__Tenants__0__Name"] = "default";
        settings["Support__Tenants__0__Tokens__0"] = Real.Token;
    }

    private static async Task<long> CountStaffAsync(Desk desk) =>
        await (await Memory.OfAsync(desk)).OneAsync<long>("select count(*) from person where is_owner or is_admin or is_editor");
}
