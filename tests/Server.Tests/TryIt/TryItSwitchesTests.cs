using Microsoft.Playwright;
using Xunit;
using static Support.Tests.TryIt.Window;

namespace Support.Tests.TryIt;

[Collection(nameof(Browser))]
public sealed class TryItSwitchesTests(Browser browser)
{
    [Fact]
    public async Task While_telegram_fails_no_answer_comes_and_afterwards_it_does()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        var toggle = window.Page.GetByRole(AriaRole.Switch, new() { Name = "Telegram fails" });

        await toggle.ClickAsync();
        await Assertions.Expect(toggle).ToBeCheckedAsync();
        await WriteAsync(window.Customer, "How do I return an item?");
        await Assertions.Expect(window.Page.Locator("#counters")).ToContainTextAsync("tries refused");
        await Assertions.Expect(Message(window.Customer, ScriptedBot.Answer)).ToHaveCountAsync(0);

        await toggle.ClickAsync();
        await SeesAsync(window.Customer, ScriptedBot.Answer);
        await Assertions.Expect(toggle).Not.ToBeCheckedAsync();
        await Assertions.Expect(window.Page.Locator("#counters")).ToContainTextAsync("1 sent, 1 taken, 0 waiting, 0 lost");
    }

    [Fact]
    public async Task The_switch_and_the_light_of_the_database_follow_its_state()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        var toggle = window.Page.GetByRole(AriaRole.Switch, new() { Name = "Database stops" });
        await Assertions.Expect(window.Page.GetByText("Database up")).ToBeVisibleAsync();

        await toggle.ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Database stopped")).ToBeVisibleAsync();
        await Assertions.Expect(toggle).ToBeCheckedAsync();

        await toggle.ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Database up")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Killing_the_server_shows_its_new_process()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await Assertions.Expect(window.Page.GetByText("Server up, process 4711")).ToBeVisibleAsync();

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Kill the server" }).ClickAsync();

        await Assertions.Expect(window.Page.GetByText("Server up, process 4712, restarted 1×")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_page_whose_server_is_gone_says_so_in_words()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await Assertions.Expect(window.Customer.GetByPlaceholder("Write to the bot as Ann")).ToBeVisibleAsync();

        await site.StopAsync();

        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alert).First).ToContainTextAsync("This page gets no answer");
        await WriteAsync(window.Customer, "Hello?");
        await Assertions.Expect(window.Customer.GetByRole(AriaRole.Alert)).ToContainTextAsync("This page gets no answer");
        await Assertions.Expect(window.Customer.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("Hello?");
    }

    [Fact]
    public async Task A_refused_token_is_said_in_words_and_a_taken_one_ends_the_page_with_a_qr_code()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Use a real bot…" }).ClickAsync();

        await window.Page.GetByLabel("Bot token").FillAsync("not a token");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Go live" }).ClickAsync();
        await Assertions.Expect(window.Page.GetByText("This is not a bot token.")).ToBeVisibleAsync();

        await window.Page.GetByLabel("Bot token").FillAsync(TryItSite.GoodToken);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Go live" }).ClickAsync();
        await site.StopAsync();

        await Assertions.Expect(window.Page.GetByRole(AriaRole.Link, new() { Name = TryItSite.Link })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Img, new() { Name = "QR code" })).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText("/admins")).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.Locator("#trouble")).ToBeHiddenAsync();
    }
}
