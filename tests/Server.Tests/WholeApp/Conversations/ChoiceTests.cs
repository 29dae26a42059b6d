using System.Net.Http.Headers;
using System.Text.Json;
using Support.Simulation;

namespace Support.Tests.WholeApp.Conversations;

/// <summary>"Which do you mean?" as a customer meets it, in a desk that is sure of nothing, and what its HTTP doors tell of it.</summary>
public sealed class ChoiceTests(ChoiceTests.UnsureDesk one) : IClassFixture<ChoiceTests.UnsureDesk>
{
    public sealed class UnsureDesk : OneDesk
    {
        protected override void Change(Dictionary<string, string> settings) => settings["Support__Confidence__Threshold"] = "0.98";
    }

    private Desk Desk => one.Desk;

    [Fact]
    public async Task The_chosen_passage_is_answered_and_why_tells_of_the_choice()
    {
        var customer = OneDesk.NewCustomer();
        var offer = await Desk.AskInChatAsync(customer, "How long does the delivery take?");
        Assert.Equal("Which do you mean?", offer.Text);
        var titles = offer.ReplyMarkup!.InlineKeyboard.Select(row => row[0].Text).ToList();
        Assert.Contains(titles, title => title.Contains("islands", StringComparison.Ordinal));
        var islands = titles.FindIndex(title => title.Contains("islands", StringComparison.Ordinal));

        Desk.Press(customer, customer.Id, offer, $":pick:{islands}");

        var answer = await Desk.ReplyAsync(customer.Id, offer.MessageId);
        Assert.Contains("9 days by boat", answer.Text);
        Assert.Contains(Desk.Buttons(answer), button => button.EndsWith(":up", StringComparison.Ordinal));
        var now = Desk.Telegram.Messages(customer.Id).First(m => m.MessageId == offer.MessageId);
        Assert.Empty(Desk.Buttons(now));
        Assert.Contains(titles[islands], now.Text);

        var why = await WhyAsync(customer, answer.MessageId);
        Assert.Equal(("choose", islands), (why.GetProperty("decision").GetString(), why.GetProperty("chosen").GetInt32()));
        var cited = why.GetProperty("passages")[why.GetProperty("cited").GetInt32()];
        Assert.Contains("islands", cited.GetProperty("title").GetString());
        Assert.Equal(titles.SkipLast(1), why.GetProperty("choices").EnumerateArray().Select(title => title.GetString()));
        Assert.Contains(why.GetProperty("because").EnumerateArray(), reason => reason.GetProperty("name").GetString() == "coverage" && reason.GetProperty("sentence").GetString()!.Contains("delivery", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_door_for_questions_tells_what_would_be_offered_and_how_the_question_was_read()
    {
        var said = await Desk.AskAsync("How long does the delivrey take?");

        Assert.Equal("choose", said.GetProperty("decision").GetString());
        Assert.Equal("how long does the delivery take", said.GetProperty("readAs").GetString());
        Assert.InRange(said.GetProperty("choices").GetArrayLength(), 2, 3);
        Assert.Equal("ask_back", (await Desk.AskAsync("100 %")).GetProperty("decision").GetString());
    }

    private async Task<JsonElement> WhyAsync(SimulatedUser customer, long message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Desk.Door}/why?chat={customer.Id}&message_id={message}&language=en");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "test-key");
        using var response = await DeskServer.Http.SendAsync(request);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }
}
