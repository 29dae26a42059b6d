using System.Text;
using Support.Contracts;
using Support.Simulation;
using Support.Simulation.Wire;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>What an editor does with the documents from a chat.</summary>
public sealed class EditorTests(OneDesk one) : IClassFixture<OneDesk>
{
    private const string Ended = "Kept as it is";

    private Desk Desk => one.Desk;

    [Fact]
    public async Task The_next_file_takes_a_documents_place_whatever_it_is_called_and_whatever_restarts()
    {
        await Desk.UploadAsync("en/harps.md", Harps(70));
        var prompt = await PressReplaceAsync("en/harps.md");
        Assert.Contains("\"en/harps.md\"", prompt.Text);
        await Desk.Server.KillAsync();
        Desk.Server.Launch();
        await Desk.Server.UntilHealthyAsync();

        var reply = await SendAsync("new prices.md", Harps(90));

        Assert.Contains("\"new prices.md\"", reply.Text);
        Assert.Contains("new version of \"en/harps.md\"", reply.Text);
        await Desk.ReplyAsync(Desk.Eve.Id, reply.MessageId, m => m.Text!.Contains("\"en/harps.md\" can be used", StringComparison.Ordinal));
        Assert.Contains("90 roubles", (await Desk.AskInChatAsync(OneDesk.NewCustomer(), "How much is the rental of a harp?")).Text);
        Assert.Equal(0, await one.Memory.OneAsync<long>("select count(*) from document where name = 'new prices.md'"));
        Assert.Equal(
            ["upload-document by http", "replace-document by telegram:4001, who is 4001"],
            await one.Memory.AllAsync<string>(
                """
                select action || ' by ' || (data ->> 'by') || coalesce(', who is ' || person_id, '') from audit
                where subject = (select id::text from document where name = 'en/harps.md') order by id
                """));

        Assert.StartsWith("I have \"new prices.md\" and am reading it …", (await SendAsync("new prices.md", Harps(110))).Text);
    }

    [Fact]
    public async Task A_press_on_cancel_or_any_command_ends_the_waiting()
    {
        await Desk.UploadAsync("en/flutes.md", "# Flutes\n\nA flute costs 50 roubles.");
        var prompt = await PressReplaceAsync("en/flutes.md");
        Desk.Press(Desk.Eve, Desk.Eve.Id, prompt, ":stop");
        await Eventually.HoldsAsync(() => Desk.Telegram.Messages(Desk.Eve.Id).Any(m => m.MessageId == prompt.MessageId && m.Text!.Contains(Ended, StringComparison.Ordinal)), "the question is gone");
        Assert.StartsWith("I have \"oboes.md\" and", (await SendAsync("oboes.md", "# Oboes\n\nAn oboe costs 60 roubles.")).Text);

        await PressReplaceAsync("en/flutes.md");
        await Desk.ReplyAsync(Desk.Eve.Id, Desk.Write(Desk.Eve, "/status").MessageId, m => m.Text!.Contains("no open question", StringComparison.Ordinal));
        var last = await SendAsync("horns.md", "# Horns\n\nA horn costs 80 roubles.");

        Assert.StartsWith("I have \"horns.md\" and", last.Text);
        Assert.Equal(1, await one.Memory.OneAsync<int>("select max(version) from document_version where document_id = (select id from document where name = 'en/flutes.md')"));
    }

    [Fact]
    public async Task A_replaced_document_keeps_its_readers_and_takes_no_file_of_another_kind()
    {
        await Desk.UploadAsync("staff/margins.md", "# Margins\n\nThe margin is forty percent.", audience: "staff");
        await PressReplaceAsync("staff/margins.md");

        Assert.Contains("of another kind", (await SendAsync("margins.csv", "what,margin\nharp,41")).Text);
        var reply = await SendAsync("margins-2027.md", "# Margins\n\nThe margin is forty-one percent.");
        Assert.Contains("new version of \"staff/margins.md\"", reply.Text);

        await Desk.ReplyAsync(Desk.Eve.Id, reply.MessageId, m => m.Text!.Contains("can be used", StringComparison.Ordinal));
        Assert.Equal("1 2", await one.Memory.OneAsync<string>("select audience || ' ' || published_version from document where name = 'staff/margins.md'"));
    }

    [Fact]
    public async Task Any_number_of_documents_with_names_of_any_length_can_be_leafed_through()
    {
        foreach (var number in Enumerable.Range(10, 9))
            await Desk.UploadAsync($"{new string('"', 150)}/{new string('&', 150)}/{number}.md", $"# Number {number}\n\nThis is number {number}.");
        var list = await ListAsync();
        var seen = new List<string>();
        for (var page = 1; ; page++)
        {
            Assert.Contains($"Page {page} of", list.Text);
            Assert.InRange(list.Text!.Length, 1, 4096);
            Assert.All(Desk.Buttons(list), data => Assert.InRange(Encoding.UTF8.GetByteCount(data), 1, 64));
            seen.AddRange(Desk.Buttons(list).Where(data => data.EndsWith(":ask", StringComparison.Ordinal)));
            if (!Desk.Buttons(list).Contains($"d:{page}:page"))
                break;
            list = await TurnAsync(list, $"d:{page}:page", $"Page {page + 1} of");
        }

        Assert.Equal(await one.Memory.AllAsync<string>("select 'd:' || id || ':ask' from document where removed_at is null and published_version is not null order by id"), seen.OrderBy(data => data.Length).ThenBy(data => data, StringComparer.Ordinal));
        Assert.Contains("Page 1 of", (await TurnAsync(list, "d:0:page", "Page 1 of")).Text);
    }

    private static string Harps(int price) => $"# Harps\n\n## How much is the rental of a harp?\n\nThe rental of a harp costs {price} roubles.";

    private Task<Message> ListAsync() =>
        Desk.ReplyAsync(Desk.Eve.Id, Desk.Write(Desk.Eve, "/docs").MessageId, m => m.Text!.StartsWith("Documents (", StringComparison.Ordinal));

    private async Task<Message> PressReplaceAsync(string name)
    {
        var button = $"d:{await one.Memory.OneAsync<long>("select id from document where name = @name", new { name })}:new";
        var list = await ListAsync();
        for (var page = 1; !Desk.Buttons(list).Contains(button); page++)
            list = await TurnAsync(list, $"d:{page}:page", $"Page {page + 1} of");
        Desk.Press(Desk.Eve, Desk.Eve.Id, list, button);
        return await Desk.ReplyAsync(Desk.Eve.Id, list.MessageId, m => m.Text!.Contains("takes the place of", StringComparison.Ordinal));
    }

    private Task<Message> SendAsync(string name, string text) =>
        Desk.ReplyAsync(Desk.Eve.Id, Desk.Telegram.SendFile(new UserFile(Desk.Eve.Id, Desk.Eve, name, Encoding.UTF8.GetBytes(text))).MessageId, m => m.Text!.Contains($"\"{name}\"", StringComparison.Ordinal));

    private Task<Message> TurnAsync(Message list, string data, string shows)
    {
        Desk.Press(Desk.Eve, Desk.Eve.Id, list, data);
        return Eventually.GetAsync(
            () => Desk.Telegram.Messages(Desk.Eve.Id).FirstOrDefault(m => m.MessageId == list.MessageId && m.Text!.Contains(shows, StringComparison.Ordinal)), $"the list shows {shows}");
    }
}
