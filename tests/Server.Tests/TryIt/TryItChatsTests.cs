using System.Text;
using Microsoft.Playwright;
using Xunit;
using static Support.Tests.TryIt.Window;

namespace Support.Tests.TryIt;

[Collection(nameof(Browser))]
public sealed class TryItChatsTests(Browser browser)
{
    [Fact]
    public async Task A_question_that_is_typed_is_answered_with_its_reasons_below()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);

        await WriteAsync(window.Customer, "How do I return an item?");

        await SeesAsync(window.Customer, ScriptedBot.Answer);
        await Assertions.Expect(Message(window.Customer, ScriptedBot.Answer).Locator("strong")).ToHaveTextAsync("My orders");
        await Assertions.Expect(Message(window.Customer, ScriptedBot.Answer).GetByRole(AriaRole.Link, new() { Name = "Returns" })).ToHaveAttributeAsync("href", "https://help.example/returns");
        await window.Why.ClickAsync();
        await Assertions.Expect(window.Customer.GetByText("not calibrated yet")).ToBeVisibleAsync();
        await Assertions.Expect(window.Customer.GetByText("How to return an item")).ToBeVisibleAsync();
        await Assertions.Expect(window.Customer.GetByText("staff only")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("Ann", "How do I return an item?", "en")]
    [InlineData("Борис", "Как вернуть товар?", "ru")]
    public async Task Why_is_told_in_the_language_of_the_chat(string chat, string question, string language)
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await window.Customer.Locator(".picker").GetByRole(AriaRole.Button, new() { Name = chat }).ClickAsync();

        await WriteAsync(window.Customer, question);

        await Assertions.Expect(window.Why.First).ToBeVisibleAsync();
        Assert.Equal([language], site.LanguagesOfWhy);
    }

    [Fact]
    public async Task How_many_labels_are_missing_for_a_promise_stands_beside_the_lights()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await Assertions.Expect(window.Page.Locator("#promise")).ToHaveTextAsync("At most 10% wrong: not certified, 21 labels missing");
        await Assertions.Expect(window.Page.Locator("#promise")).ToHaveAttributeAsync("title", new System.Text.RegularExpressions.Regex("write /label to the bot"));
    }

    [Fact]
    public async Task Reasons_are_sentences_with_what_they_weighed_and_the_numbers_come_when_asked_for()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await WriteAsync(window.Customer, "How do I return an item?");

        await Assertions.Expect(window.Why).ToContainTextAsync("confidence high");
        await window.Why.ClickAsync();

        await Assertions.Expect(window.Customer.Locator(".because li")).ToHaveTextAsync(
        [
            "1 of 2 words asked about are not in the best passage: “<b>item</b>”", "a passage of another title fits nearly as well", "most sentences like the question stand under its title",
        ]);
        await Assertions.Expect(window.Customer.GetByRole(AriaRole.Img, new() { Name = "speaks against it" })).ToHaveCountAsync(1);
        await Assertions.Expect(window.Customer.Locator(".passages li").First).ToContainTextAsync("shown");
        await Assertions.Expect(window.Customer.GetByText("how do i return an item", new() { Exact = true })).ToBeVisibleAsync();
        var number = window.Customer.GetByRole(AriaRole.Row, new() { Name = "unheard_of" });
        await Assertions.Expect(number).ToBeHiddenAsync();
        await window.Customer.GetByText("Numbers behind the confidence").ClickAsync();
        await Assertions.Expect(number).ToContainTextAsync("3.50");
        await Assertions.Expect(number).ToContainTextAsync("+0.40");
    }

    [Fact]
    public async Task A_button_tells_the_bot_and_shows_what_it_answers()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await window.Customer.GetByRole(AriaRole.Button, new() { Name = "How do I reschedule a delivery?" }).ClickAsync();

        await window.Customer.GetByRole(AriaRole.Button, new() { Name = "👍 Helpful" }).ClickAsync();

        await Assertions.Expect(window.Page.GetByText(ScriptedBot.Notice)).ToBeVisibleAsync();
        await Assertions.Expect(window.Customer.GetByRole(AriaRole.Button, new() { Name = "👍 Helpful" })).Not.ToHaveAttributeAsync("aria-busy", "true");
    }

    [Fact]
    public async Task What_the_bot_is_writing_is_seen_and_the_answer_takes_its_place()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await WriteAsync(window.Customer, "Answer slowly");
        await Assertions.Expect(window.Customer.Locator(".draft")).ToContainTextAsync(ScriptedBot.Written);

        await WriteAsync(window.Customer, "How do I return an item?");
        await SeesAsync(window.Customer, ScriptedBot.Answer);
        await Assertions.Expect(window.Customer.Locator(".draft")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_admins_reply_to_a_card_reaches_the_customer()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await WriteAsync(window.Customer, "Where is my order?");
        await SeesAsync(window.Customer, ScriptedBot.HandedOver);

        await Message(window.Admins, "№ 1 Ann asks").GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await window.Admins.GetByLabel("Write as").SelectOptionAsync("as Олег");
        await Message(window.Admins, "№ 1 Ann asks").GetByRole(AriaRole.Button, new() { Name = "Reply" }).ClickAsync();
        await WriteAsync(window.Admins, "It comes tomorrow.");

        await SeesAsync(window.Customer, "A colleague says: It comes tomorrow.");
        await Assertions.Expect(Message(window.Admins, "It comes tomorrow.").Locator(".quote")).ToContainTextAsync("№ 1 Ann asks");
    }

    [Fact]
    public async Task A_chosen_file_and_a_dropped_one_are_sent_to_the_bot()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await Assertions.Expect(window.Editor.GetByPlaceholder("Write to the bot as Eve")).ToBeVisibleAsync();

        await window.Editor.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "prices.md", MimeType = "text/markdown", Buffer = Encoding.UTF8.GetBytes("# Prices") });
        await SeesAsync(window.Editor, "Read prices.md");

        var dropped = await window.Page.EvaluateHandleAsync("() => { const files = new DataTransfer(); files.items.add(new File(['# Hours'], 'часы.md')); return files; }");
        await window.Editor.DispatchEventAsync("drop", new { dataTransfer = dropped });
        await SeesAsync(window.Editor, "Read часы.md");
    }

    [Fact]
    public async Task A_message_can_be_edited_by_who_wrote_it()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await WriteAsync(window.Customer, "How do I retrun an item?");

        await Message(window.Customer, "retrun").GetByRole(AriaRole.Button, new() { Name = "Edit" }).ClickAsync();
        await window.Customer.GetByRole(AriaRole.Textbox).FillAsync("How do I return an item?");
        await window.Customer.GetByRole(AriaRole.Textbox).PressAsync("Enter");

        await Assertions.Expect(Message(window.Customer, "How do I return an item?")).ToContainTextAsync("edited");
    }

    [Fact]
    public async Task A_new_customer_presses_start_in_a_chat_of_their_own()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);

        await window.Customer.GetByRole(AriaRole.Button, new() { Name = "+ New" }).ClickAsync();
        await window.Page.GetByLabel("Name").FillAsync("Вера");
        await window.Page.GetByLabel("Language of their Telegram").SelectOptionAsync("ru");
        await window.Page.GetByLabel("Name").FillAsync("Вера");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Press Start" }).ClickAsync();

        await Assertions.Expect(window.Customer.GetByPlaceholder("Write to the bot as Вера")).ToBeVisibleAsync();
        await SeesAsync(window.Customer, "/start");
        await window.Customer.GetByText("Things to ask").ClickAsync();
        await Assertions.Expect(window.Customer.GetByRole(AriaRole.Button, new() { Name = "Как перенести доставку на другой день?" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_written_is_shown_and_never_taken_for_markup()
    {
        const string hostile = "<img src=x onerror=alert(1)> order";
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);

        await WriteAsync(window.Customer, hostile);

        await SeesAsync(window.Customer, hostile);
        await SeesAsync(window.Admins, $"№ 1 Ann asks: {hostile}");
        Assert.Equal(0, await window.Page.Locator("main img").CountAsync());
    }

    [Fact]
    public async Task A_link_of_a_passage_leads_only_to_harmless_addresses()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address);
        await WriteAsync(window.Customer, "How do I return an item?");

        await window.Why.ClickAsync();
        await window.Customer.GetByText("How to return an item").ClickAsync();

        await Assertions.Expect(window.Customer.Locator(".passage-text").First).ToHaveTextAsync("Press <b>Return</b>.");
        Assert.Equal(0, await window.Page.Locator("a[href^=javascript]").CountAsync());
    }

    [Fact]
    public async Task On_a_phone_there_are_tabs_and_nothing_scrolls_sideways()
    {
        await using var site = await TryItSite.StartAsync();
        await using var window = await browser.OpenAsync(site.Address, width: 390, height: 844);
        await WriteAsync(window.Customer, "Where is my order? " + new string('w', 120));
        await SeesAsync(window.Customer, ScriptedBot.HandedOver);
        await Assertions.Expect(window.Admins).ToBeHiddenAsync();

        var tab = window.Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Button, new() { Name = "Admins" });
        await Assertions.Expect(tab).ToContainTextAsync("1");
        await tab.ClickAsync();

        await SeesAsync(window.Admins, "№ 1 Ann asks");
        await Assertions.Expect(window.Customer).ToBeHiddenAsync();
        await Assertions.Expect(tab).ToHaveTextAsync("Admins");
        Assert.Equal(390, await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }
}
