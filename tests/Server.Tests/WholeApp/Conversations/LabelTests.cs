using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Support.Contracts;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>From a customer's question to a label and the owner's certificate, as Telegram and HTTP see it.</summary>
public sealed class LabelTests(LabelTests.OwnedDesk one) : IClassFixture<LabelTests.OwnedDesk>
{
    public sealed class OwnedDesk : OneDesk
    {
        protected override void Change(Dictionary<string, string> settings) => settings["SUPER_ADMIN_IDS"] = Alice;

        private const string Alice = "3001";
    }

    private Desk Desk => one.Desk;

    [Fact]
    public async Task An_editor_labels_what_customers_asked_and_the_owner_sees_what_is_missing()
    {
        var customer = OneDesk.NewCustomer();
        var answer = await Desk.AskInChatAsync(customer, "How do I return a lamp?");
        Desk.Press(customer, customer.Id, answer, ":up");

        var command = Desk.Write(Desk.Eve, "/label");
        var shown = await Desk.ReplyAsync(Desk.Eve.Id, command.MessageId);
        Assert.Contains("How do I return a lamp?", shown.Text);
        Assert.Contains("within 14 days", shown.Text);
        Desk.Press(Desk.Eve, Desk.Eve.Id, shown, Desk.Buttons(shown).First(data => data.Contains(":r:", StringComparison.Ordinal)));
        await Eventually.HoldsAsync(
            () => Desk.Telegram.Messages(Desk.Eve.Id).Any(message => message.MessageId == shown.MessageId && message.Text != shown.Text), "the message turns to what comes next");

        Assert.Equal(["round 1", "thumb 1"], await one.Memory.AllAsync<string>("select source || ' ' || verdict from label order by source"));
        var owner = Desk.Alice;
        var target = await Desk.AskInChatAsync(owner, "/target 20%");
        Assert.Contains("at most 20% wrong", target.Text);
        Assert.Contains("15 more labels are needed (1 so far)", target.Text);

        var certificate = await GetAsync("/certificate", "test-key");
        Assert.Equal(("promise", "not_certified", 1, 15, .2), (
            certificate.GetProperty("mode").GetString(), certificate.GetProperty("state").GetString(), certificate.GetProperty("labels").GetInt32(),
            certificate.GetProperty("missing").GetInt32(), certificate.GetProperty("target").GetDouble()));
        var asked = await Desk.AskAsync("How do I return a lamp?");
        Assert.Equal(JsonValueKind.Null, asked.GetProperty("probability").ValueKind);
        Assert.Equal(("answer", "high"), (asked.GetProperty("decision").GetString(), asked.GetProperty("level").GetString()));
        Assert.Equal("low", (await Desk.AskAsync("Do you tune violins?")).GetProperty("level").GetString());
        var why = await GetAsync($"/why?chat={customer.Id}&message_id={answer.MessageId}", "test-key");
        Assert.Equal(JsonValueKind.Null, why.GetProperty("probability").ValueKind);
    }

    [Fact]
    public async Task Without_the_key_nobody_sees_the_certificate()
    {
        using var response = await DeskServer.Http.GetAsync(new Uri(Desk.Door + "/certificate"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task For_customers_the_commands_are_none()
    {
        var customer = OneDesk.NewCustomer();
        Assert.StartsWith("Just write your question", (await Desk.AskInChatAsync(customer, "/label")).Text);
        Assert.StartsWith("Just write your question", (await Desk.AskInChatAsync(customer, "/target 5%")).Text);
    }

    private async Task<JsonElement> GetAsync(string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Desk.Door + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await DeskServer.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
