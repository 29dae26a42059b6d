using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.Playwright;
using Support.Contracts;
using Support.Server.PrivateDatabase;
using Support.Server.Supervisor;
using Support.Tests.Commands;
using Support.Tests.WholeApp.FunctionApps;
using Xunit;
using static Support.Tests.TryIt.Window;

namespace Support.Tests.TryIt;

/// <summary>The page over the real desk and the samples, as <c>up</c> runs them: nothing is scripted.</summary>
[Collection(nameof(Browser))]
[UnsupportedOSPlatform("windows")]
public sealed class DeskInBrowserTests(Browser browser)
{
    [Fact]
    public async Task A_customer_chooses_between_siblings_and_sees_why_and_an_editors_label_brings_the_certificate_nearer()
    {
        await using var up = await UpProcess.StartAsync(TestFolders.New("browser-desk"), LoopbackPort.Free(), null, "--samples", Path.Combine(PublishedApps.Root, "samples"));
        Assert.True(up.IsReady, up.Output);
        await using var window = await browser.OpenAsync(new Uri(up.Url));
        var promise = window.Page.Locator("#promise");
        await Assertions.Expect(promise).ToContainTextAsync("33 labels missing");

        await window.Customer.GetByRole(AriaRole.Button, new() { Name = "How do I return an item? → asks which" }).ClickAsync();
        var offer = Message(window.Customer, "Which do you mean?");
        await offer.GetByRole(AriaRole.Button, new() { Name = "How to return an item" }).ClickAsync();

        await SeesAsync(window.Customer, "✓ How to return an item");
        await SeesAsync(window.Customer, "Open My orders");
        var why = window.Customer.Locator("details.why").Last;
        await Assertions.Expect(why.Locator(".verdict")).ToHaveTextAsync("chosen");
        await why.Locator("summary").First.ClickAsync();
        await Assertions.Expect(why.Locator(".choices li", new() { HasText = "How to return an item" })).ToContainTextAsync("chosen");
        await Assertions.Expect(why.Locator(".facts")).ToContainTextAsync("not calibrated yet");
        await Assertions.Expect(why.Locator(".because li").First).ToBeVisibleAsync();

        // What a customer chooses is a label, but no sample of the traffic.
        await Assertions.Expect(promise).ToContainTextAsync("33 labels missing");
        await WriteAsync(window.Editor, "/label");
        var round = Message(window.Editor, "Does this passage answer the question?");
        await Assertions.Expect(round).ToContainTextAsync("How do I return an item?");
        await round.GetByRole(AriaRole.Button, new() { Name = "Wrong" }).ClickAsync();

        await SeesAsync(window.Editor, "1 labelled · 32 more for a certificate");
        await Assertions.Expect(promise).ToContainTextAsync("32 labels missing");
    }

    [Fact]
    public async Task What_the_page_says_leads_to_a_choice_does()
    {
        await using var up = await UpProcess.StartAsync(TestFolders.New("ideas-desk"), LoopbackPort.Free(), null, "--samples", Path.Combine(PublishedApps.Root, "samples"));
        Assert.True(up.IsReady, up.Output);

        up.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DeskFile.Read(up.Data)!.Key);
        var page = await up.Http.GetStringAsync(up.Url + "/ideas.js");
        foreach (var idea in (string[])["How do I return an item?", "Как вернуть товар?"])
        {
            Assert.Contains($"text: \"{idea}\", leads: \"asks which\"", page, StringComparison.Ordinal);
            using var response = await up.Http.PostAsJsonAsync(up.Url + "/ask", new { question = idea });
            Assert.Equal("choose", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("decision").GetString());
        }
    }
}
