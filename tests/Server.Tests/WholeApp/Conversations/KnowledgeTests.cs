using System.Net.Http.Headers;
using Support.Simulation;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>What customers get to read of documents that come, change and go.</summary>
public sealed class KnowledgeTests(OneDesk one) : IClassFixture<OneDesk>
{
    private readonly SimulatedUser _customer = OneDesk.NewCustomer();

    private Desk Desk => one.Desk;

    [Fact]
    public async Task A_removed_document_is_in_no_answer_from_that_moment()
    {
        await Desk.UploadAsync("parking.md", "# Parking\n\n## Where may I park my tractor?\n\nTractors are parked behind the greenhouse.");
        var answer = await Desk.AskInChatAsync(_customer, "Where may I park my tractor?");
        Assert.Contains("behind the greenhouse", answer.Text);

        using var request = new HttpRequestMessage(HttpMethod.Delete, $"{Desk.Server.Url}/documents?name=parking.md");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-key");
        using var response = await DeskServer.Http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode);

        var again = Desk.Write(_customer, "Where may I park my tractor?");
        var reply = await Desk.ReplyAsync(_customer.Id, again.MessageId);
        Assert.DoesNotContain("greenhouse", reply.Text);
        Desk.Press(_customer, _customer.Id, answer, ":source");
        Assert.Equal(0, await one.Memory.OneAsync<long>("select count(*) from chunk where text like '%greenhouse%'"));
        Assert.DoesNotContain(Desk.Telegram.Messages(_customer.Id, answer.MessageId), m => m.Text?.Contains("greenhouse", StringComparison.Ordinal) is true);
    }

    [Fact]
    public async Task A_document_for_staff_reaches_a_customer_only_as_a_draft_that_an_admin_sends()
    {
        await Desk.UploadAsync("margins.md", "# Wholesale margins\n\nThe wholesale margin of a saxophone is forty-two percent.", audience: "staff");
        var asked = Desk.Write(_customer, "What is the wholesale margin of a saxophone?");
        var promise = await Desk.ReplyAsync(_customer.Id, asked.MessageId);
        Assert.DoesNotContain("forty-two", promise.Text);
        var card = await Desk.ReplyAsync(Desk.Group, 0, m => m.Text?.Contains("forty-two", StringComparison.Ordinal) is true);
        Assert.Contains("[staff]", card.Text);
        Assert.DoesNotContain(Desk.Telegram.Messages(_customer.Id), m => m.Text!.Contains("forty-two", StringComparison.Ordinal));

        Desk.Press(Desk.Alice, Desk.Group, card, ":send");
        Assert.Contains("forty-two", (await Desk.ReplyAsync(_customer.Id, promise.MessageId)).Text);
    }

    [Fact]
    public async Task The_same_bytes_change_nothing_and_a_changed_section_only_itself()
    {
        const string Before = "# Skates\n\n## How are skates sharpened?\n\nSkates are sharpened on Mondays.\n\n## How are skates stored?\n\nSkates are stored dry.";
        await Desk.UploadAsync("skates.md", Before);
        var first = await ChunksAsync("skates.md");

        var again = await Desk.UploadAsync("skates.md", Before);
        Assert.Equal("unchanged", again.GetProperty("status").GetString());
        Assert.Equal(0, again.GetProperty("changed").GetInt32());
        Assert.Equal(first, await ChunksAsync("skates.md"));

        var changed = await Desk.UploadAsync("skates.md", Before.Replace("Mondays", "Fridays", StringComparison.Ordinal));
        Assert.Equal("indexed", changed.GetProperty("status").GetString());
        Assert.Equal(1, changed.GetProperty("changed").GetInt32());
        var second = await ChunksAsync("skates.md");
        Assert.Equal(first.Count, second.Count);
        Assert.Contains("Mondays", Assert.Single(first.Except(second)).Text, StringComparison.Ordinal);
        Assert.Contains("Fridays", Assert.Single(second.Except(first)).Text, StringComparison.Ordinal);
        Assert.Contains("Fridays", (await Desk.AskInChatAsync(_customer, "How are skates sharpened?")).Text);
    }

    private Task<IReadOnlyList<(long Id, string Text)>> ChunksAsync(string document) =>
        one.Memory.AllAsync<(long Id, string Text)>("select c.id, c.text from chunk c join document d on d.id = c.document_id where d.name = @document order by c.id", new { document });

    [Fact]
    public async Task While_a_document_is_replaced_every_question_sees_one_version_whole()
    {
        const int Versions = 6;
        await UploadAsync(0);
        using var done = new CancellationTokenSource();
        var asking = Enumerable.Range(0, 3).Select(_ => AskUntilAsync(done.Token)).ToArray();
        for (var version = 1; version <= Versions; version++)
            await UploadAsync(version);
        await done.CancelAsync();

        var answers = (await Task.WhenAll(asking)).SelectMany(a => a).ToList();
        Assert.NotEmpty(answers);
        Assert.All(answers, answer => Assert.Single(Enumerable.Range(0, Versions + 1), version => answer.Contains($"colour{version}colour", StringComparison.Ordinal)));

        Task UploadAsync(int version) => Desk.UploadAsync("balloon.md", $"# Balloons\n\n## Which colour is the balloon of the mayor?\n\nThe balloon of the mayor is colour{version}colour.\n\n## Edition\n\nThis is edition {version}.");
    }

    [Fact]
    public async Task An_editor_lists_and_removes_documents_and_nobody_else_may()
    {
        await Desk.UploadAsync("rental.md", "# Rental\n\n## How much is the rental of a harp?\n\nThe rental of a harp costs 70 roubles.");
        var list = await Desk.AskInChatAsync(Desk.Eve, "/docs");
        Assert.Contains("rental.md", list.Text);
        var document = await one.Memory.OneAsync<long>("select id from document where name = 'rental.md'");
        Desk.Press(Desk.Eve, Desk.Eve.Id, list, $"d:{document}:ask");
        var sure = await Desk.ReplyAsync(Desk.Eve.Id, list.MessageId, m => m.Text!.Contains("Remove", StringComparison.Ordinal));
        Desk.Press(Desk.Eve, Desk.Eve.Id, sure, ":yes");
        await Support.Contracts.Eventually.HoldsAsync(async () => await one.Memory.OneAsync<long>("select count(*) from document where name = 'rental.md' and removed_at is not null") == 1, "the document is removed");

        // To a customer /docs is no command: he is told what he can do.
        Assert.DoesNotContain("rental.md", (await Desk.AskInChatAsync(_customer, "/docs")).Text);
    }

    [Fact]
    public async Task A_made_up_or_foreign_upload_key_or_one_of_a_company_that_is_gone_opens_nothing()
    {
        var other = Desk.KeyOf(new Support.Tenants.TenantId(Guid.NewGuid()));
        foreach (var key in new[] { "", "wrong", other[..^1] + (other[^1] == 'A' ? 'B' : 'A'), $"{one.Memory.Tenant.Value:N}.{other.Split('.')[1]}", other })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Desk.Server.Url}/documents?name=x.md&audience=customers") { Content = new StringContent("# X\n\nx") };
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
            using var response = await DeskServer.Http.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private async Task<IReadOnlyList<string>> AskUntilAsync(CancellationToken done)
    {
        var answers = new List<string>();
        while (!done.IsCancellationRequested)
            answers.Add((await Desk.AskAsync("Which colour is the balloon of the mayor?")).GetProperty("answer").GetString() ?? "(none)");
        return answers;
    }
}
