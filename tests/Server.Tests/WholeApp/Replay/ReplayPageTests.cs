using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Support.Contracts;
using Support.Server.Commands;
using Support.Server.Supervisor;
using Support.Tests.TryIt;

namespace Support.Tests.WholeApp.Replay;

/// <summary>"Replay my history" in a real browser, over the real desk and its PostgreSQL.</summary>
[Collection(nameof(Browser))]
public sealed class ReplayPageTests(Browser browser, OneDesk one) : IClassFixture<OneDesk>
{
    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_dropped_history_is_shown_beside_what_people_answered_and_presses_become_labels(int width)
    {
        await using var site = await OpenSiteAsync();
        await using var window = await browser.OpenAsync(site.Address, width);
        var page = window.Page;
        // Both widths use one desk, and each its own question.
        var lamp = width > 1000 ? "How do I return a lamp?" : "How do I return the lamp?";
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay my history…" }).ClickAsync();

        var dropped = await page.EvaluateHandleAsync("text => { const files = new DataTransfer(); files.items.add(new File([text], 'result.json')); return files; }", History(lamp));
        await page.Locator("#replay").DispatchEventAsync("drop", new { dataTransfer = dropped });

        await Assertions.Expect(page.GetByText("Of your last 3 questions I would answer 2, ask back on 0, hand over 1.")).ToBeVisibleAsync();
        var first = Item(page, lamp);
        await Assertions.Expect(first).ToContainTextAsync("Bring it with the receipt");
        // What a file says is text, whatever it looks like.
        await Assertions.Expect(first).ToContainTextAsync("<img src=x onerror=alert(1)>");
        Assert.Equal(0, await page.Locator("#replay img").CountAsync());

        await first.GetByRole(AriaRole.Button, new() { Name = "Wrong" }).ClickAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Right" }).ClickAsync();
        await Assertions.Expect(first.GetByRole(AriaRole.Button, new() { Name = "Right" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Item(page, "How long does delivery take?").FocusAsync();
        await page.Keyboard.PressAsync("p");
        await Assertions.Expect(page.GetByText("2 of 3 judged")).ToBeVisibleAsync();

        await Eventually.HoldsAsync(async () => (await one.Memory.AllAsync<string>(
            "select verdict || ' ' || question from label where source = 'replay' and question in (@lamp, 'How long does delivery take?') order by verdict", new { lamp }))
            .SequenceEqual([$"1 {lamp}", "2 How long does delivery take?"]), "both verdicts are labels");

        await page.GetByRole(AriaRole.Button, new() { Name = "Hand over 1" }).ClickAsync();
        await Assertions.Expect(first).ToBeHiddenAsync();
        await Assertions.Expect(Item(page, "Do you tune violins?")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.getElementById('replay').scrollWidth <= document.getElementById('replay').clientWidth"), "Nothing is cut off at the side.");
    }

    [Theory]
    [InlineData(1280, "How do I clean a vase?", "Which of them is right?", "None of these", "How do I clean a glass vase?", "How do I clean a clay vase?")]
    [InlineData(390, "Как мыть кувшин?", "Какой из них верный?", "Ничего из этого", "Как мыть стеклянный кувшин?", "Как мыть глиняный кувшин?")]
    public async Task Where_the_bot_would_ask_which_is_meant_the_owner_says_which_title_is_right(int width, string question, string which, string none, string glass, string clay)
    {
        await one.Desk.UploadAsync($"vases-{width}.md", $"## {glass}\n\nVinegar, уксус.\n\n## {clay}\n\nA dry cloth, тряпка.\n");
        await using var site = await OpenSiteAsync();
        await using var window = await browser.OpenAsync(site.Address, width);
        var page = window.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay my history…" }).ClickAsync();
        await page.Locator("#replay-file").SetInputFilesAsync(new FilePayload { Name = "result.json", MimeType = "application/json", Buffer = Encoding.UTF8.GetBytes(History(question)) });
        var item = Item(page, question);
        var choices = item.GetByRole(AriaRole.Group, new() { Name = which });
        await Assertions.Expect(choices.GetByRole(AriaRole.Button)).ToHaveCountAsync(3);
        await Assertions.Expect(item.GetByRole(AriaRole.Button, new() { Name = "Right", Exact = true })).ToHaveCountAsync(0);
        var first = await choices.GetByRole(AriaRole.Button).First.InnerTextAsync();
        Assert.Contains(first, (string[])[glass, clay]);
        var second = first == glass ? clay : glass;

        await choices.GetByRole(AriaRole.Button, new() { Name = second }).ClickAsync();
        await SaysAsync("0 of the first", "1 of the second");
        await Assertions.Expect(choices.GetByRole(AriaRole.Button, new() { Name = second })).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator(".replay-judged")).Not.ToContainTextAsync("0 of 3");
        await choices.GetByRole(AriaRole.Button, new() { Name = none }).ClickAsync();
        await SaysAsync("0 of the first");
        await item.FocusAsync();
        await page.Keyboard.PressAsync("1");
        await SaysAsync("1 of the first");
        await Assertions.Expect(choices.GetByRole(AriaRole.Button, new() { Name = none })).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.True(await page.EvaluateAsync<bool>("() => document.getElementById('replay').scrollWidth <= document.getElementById('replay').clientWidth"), "Nothing is cut off at the side.");

        async Task SaysAsync(params string[] labels) => await Eventually.HoldsAsync(async () => (await one.Memory.AllAsync<string>(
            "select verdict || case when is_first then ' of the first' else ' of the second' end from label where source = 'replay' and question = @question order by verdict", new { question }))
            .SequenceEqual(labels), "what was pressed is labels: " + string.Join(", ", labels));
    }

    [Fact]
    public async Task What_is_no_export_is_told_on_the_page_with_what_to_do_and_a_sample_can_be_tried()
    {
        await using var site = await OpenSiteAsync();
        await using var window = await browser.OpenAsync(site.Address);
        var page = window.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay my history…" }).ClickAsync();

        await page.Locator("#replay-file").SetInputFilesAsync(new FilePayload { Name = "messages.html", MimeType = "text/html", Buffer = Encoding.UTF8.GetBytes("<html>") });
        await Assertions.Expect(page.Locator("#replay-error")).ToContainTextAsync("Machine-readable JSON");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try with a sample history" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Of your last 27 questions")).ToBeVisibleAsync();
        await page.GetByText("Taken for your staff").ClickAsync();
        await page.GetByLabel("Leo (Veranta)").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Replay with these" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Of your last 24 questions")).ToBeVisibleAsync();
    }

    private static ILocator Item(IPage page, string question) =>
        page.Locator(".replay-item", new PageLocatorOptions { Has = page.Locator(".replay-question", new PageLocatorOptions { HasText = question }) });

    private static string History(string lamp)
    {
        var messages = new (string Question, string Answer)[] { (lamp, "<img src=x onerror=alert(1)>"), ("How long does delivery take?", "Two days."), ("Do you tune violins?", "No.") }
            .SelectMany((pair, i) => new object[] { Said(2 * i, 5, pair.Question), Said(2 * i + 1, 900, pair.Answer) });
        return JsonSerializer.Serialize(new { name = "Ann", type = "personal_chat", id = 5, messages });

        static object Said(int id, int person, string text) =>
            new { id, type = "message", date_unixtime = $"{1_772_442_000 + 1000 * id}", from = "P", from_id = $"user{person}", text };
    }

    /// <summary>What `up` puts before a desk.</summary>
    private async Task<Site> OpenSiteAsync()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var client = Web.Client();
        var desk = new Forwarder(one.Desk.Server.Url, "test-key", client);
        return new Site(new Uri($"http://127.0.0.1:{port}"), client, await SimulatedSite.StartAsync(port, TestFolders.New("chats"), desk, desk, _ => { }, CancellationToken.None));
    }

    private sealed record Site(Uri Address, HttpMessageInvoker Client, SimulatedSite Running) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Running.DisposeAsync();
            Client.Dispose();
        }
    }
}
