using Support.Simulation;
using Support.Tests.WholeApp.FunctionApps;

namespace Support.Tests.WholeApp;

/// <summary>The job itself, through real processes: a customer asks, the bot answers from the documents or a person does.</summary>
public abstract class MainJob
{
    private const string Guide =
        """
        # Returns

        ## How do I return a lamp?

        You can return a lamp within 14 days. Bring it with the receipt to any shop; the money comes back to your card within 3 working days.

        ## How long does delivery take?

        Delivery within the city takes 2 days and costs 300 roubles. Orders above 5,000 roubles are delivered free of charge.
        """;

    private protected abstract Task<Desk> OpenAsync(Action<SimulationOptions>? prepare = null, Action<Dictionary<string, string>>? change = null);

    [Fact]
    public async Task A_customer_is_answered_from_the_documents_with_the_source()
    {
        await using var desk = await OpenAsync();
        var report = await desk.UploadAsync("returns.md", Guide);
        Assert.Equal("indexed", report.GetProperty("status").GetString());

        var answer = await desk.AskInChatAsync(Desk.Ann, "How do I return a lamp?");

        Assert.Contains("within 14 days", answer.Text);
        Assert.Contains("Source:", answer.Text);
        Assert.Contains(Desk.Buttons(answer), b => b.EndsWith(":human", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_not_in_the_documents_goes_to_the_admins_and_their_reply_reaches_the_customer()
    {
        await using var desk = await OpenAsync();
        await desk.UploadAsync("returns.md", Guide);

        var asked = desk.Write(Desk.Ann, "Do you sell pink elephants from Mongolia?");
        var promise = await desk.ReplyAsync(Desk.Ann.Id, asked.MessageId);
        Assert.Contains("colleague", promise.Text);
        var card = await desk.ReplyAsync(Desk.Group, 0, m => m.Text!.Contains("elephants", StringComparison.Ordinal));

        desk.Press(Desk.Alice, Desk.Group, card, ":take");
        var reply = desk.Write(Desk.Alice, "No elephants, sorry. Only lamps.", Desk.Group, replyTo: card.MessageId);
        var answer = await desk.ReplyAsync(Desk.Ann.Id, promise.MessageId, m => m.Text!.Contains("Only lamps", StringComparison.Ordinal));
        Assert.NotNull(answer);

        // While a person has the conversation, the bot says nothing of its own, though it would know the answer.
        var more = desk.Write(Desk.Ann, "How do I return a lamp?");
        await desk.ReplyAsync(Desk.Group, reply.MessageId, m => m.Text!.Contains("return a lamp", StringComparison.Ordinal));
        Assert.DoesNotContain(desk.Telegram.Messages(Desk.Ann.Id, more.MessageId), m => m.From!.IsBot);

        var latest = desk.Telegram.Messages(Desk.Group).First(m => m.MessageId == card.MessageId);
        desk.Press(Desk.Alice, Desk.Group, latest, ":close");
        var closed = await desk.ReplyAsync(Desk.Ann.Id, more.MessageId, m => m.Text!.Contains("closed", StringComparison.Ordinal));
        var again = desk.Write(Desk.Ann, "How long does delivery take?");
        var automatic = await desk.ReplyAsync(Desk.Ann.Id, again.MessageId);
        Assert.Contains("2 days", automatic.Text);
        Assert.True(automatic.MessageId > closed.MessageId);
    }

    [Fact]
    public async Task An_editor_sends_a_file_and_it_is_used_at_once()
    {
        await using var desk = await OpenAsync();
        var sent = desk.Telegram.SendFile(new UserFile(Desk.Eve.Id, Desk.Eve, "delivery.md", System.Text.Encoding.UTF8.GetBytes(Guide)));
        await desk.ReplyAsync(Desk.Eve.Id, sent.MessageId, m => m.Text!.Contains("can be used", StringComparison.Ordinal));

        var answer = await desk.AskInChatAsync(Desk.Ann, "How long does delivery take?");
        Assert.Contains("2 days", answer.Text);
    }

    [Fact]
    public async Task Two_companies_contradict_each_other_and_each_customer_hears_only_his_own()
    {
        var bots = new[] { new SimulatedBot("900001:SIMULATION-0000000000000000000000000000", "one_bot", "One"), new SimulatedBot("900002:SIMULATION-0000000000000000000000000000", "two_bot", "Two") };
        await using var desk = await OpenAsync(
            options =>
            {
                foreach (var bot in bots)
                    options.Bots.Add(bot);
            },
            settings =>
            {
                settings.Remove("Support__Telegram__Token");
                for (var i = 0; i < 2; i++)
                {
                    settings[$"Support__Tenants__{i}__Name"] = $"company-{i}";
                    settings[$"Support__Tenants__{i}__Tokens__0"] = bots[i].Token;
                }
            });
        var keys = await Companies.KeysAsync(desk, "company-0", "company-1");
        await desk.UploadAsync("returns.md", "# Returns\n\n## Return period\n\nThe return period of a lamp is exactly fourteen days.", keys[0]);
        await desk.UploadAsync("returns.md", "# Returns\n\n## Return period\n\nThe return period of a lamp is exactly ninety days.", keys[1]);
        await desk.UploadAsync("secret.md", "# Return period for staff\n\nThe return period of a lamp for colleagues is three hundred days.", keys[1], audience: "staff");

        foreach (var (bot, own) in new[] { (bots[0], "fourteen"), (bots[1], "ninety") })
        {
            var answer = await desk.AskInChatAsync(Desk.Ann, "What is the return period of a lamp?", bot.Id);
            Assert.Contains(own, answer.Text);
            Assert.DoesNotContain(own == "fourteen" ? "ninety" : "fourteen", answer.Text);
            Assert.DoesNotContain("three hundred", answer.Text);
        }
        var wrong = await DeskServer.Http.PostAsync($"{desk.Server.DocumentsUrl}/documents?name=x.md", new StringContent("x"), CancellationToken.None);
        Assert.Equal(401, (int)wrong.StatusCode);
    }
}

/// <summary>By the server, in one process.</summary>
public sealed class MainJobOfTheServer : MainJob
{
    private protected override Task<Desk> OpenAsync(Action<SimulationOptions>? prepare = null, Action<Dictionary<string, string>>? change = null) => Desk.OpenAsync(prepare, change);
}

/// <summary>By both published function apps, over Storage queues.</summary>
public sealed class MainJobOfTheFunctionApps : MainJob
{
    private protected override Task<Desk> OpenAsync(Action<SimulationOptions>? prepare = null, Action<Dictionary<string, string>>? change = null) =>
        Desk.OpenAsync(prepare, change, start: FunctionAppsDesk.StartAsync);
}
