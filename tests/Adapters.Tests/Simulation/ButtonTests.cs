using Xunit;

namespace Support.Tests.Simulation;

public sealed class ButtonTests : SimulationTest
{
    private Task<Answer> SendAsync(object button) =>
        Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_markup = new { inline_keyboard = new[] { new[] { button } } } });

    private async Task<(long Message, Support.Simulation.PressedButton Press)> PressAsync(string data = "yes")
    {
        var message = (await SendAsync(new { text = "Yes", callback_data = data })).Result.GetProperty("message_id").GetInt64();
        return (message, Telegram.Press(new Support.Simulation.ButtonPress(Ann, new Support.Simulation.SimulatedUser(Ann), message, data)));
    }

    [Fact]
    public async Task Data_has_1_to_64_bytes_not_characters()
    {
        Assert.True((await SendAsync(new { text = "b", callback_data = new string('д', 32) })).Ok);
        Assert.Equal("400 Bad Request: BUTTON_DATA_INVALID", (await SendAsync(new { text = "b", callback_data = new string('д', 33) })).Refusal);
        Assert.Equal("400 Bad Request: BUTTON_DATA_INVALID", (await SendAsync(new { text = "b", callback_data = "" })).Refusal);
    }

    [Theory]
    [InlineData("https://example.com", "accepted")]
    [InlineData("tg://user?id=1", "accepted")]
    [InlineData("http://localhost:8080/x", "400 Bad Request: inline keyboard button URL 'http://localhost:8080/x' is invalid: Wrong HTTP URL")]
    [InlineData("ftp://example.com", "400 Bad Request: inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol")]
    public async Task An_address_must_be_one_that_others_can_open(string url, string outcome) =>
        Assert.Equal(outcome, (await SendAsync(new { text = "b", url })).Refusal);

    [Fact]
    public async Task A_button_does_exactly_one_thing()
    {
        Assert.Equal("400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", (await SendAsync(new { text = "b" })).Refusal);
        Assert.Contains("more than one action", (await SendAsync(new { text = "b", url = "https://example.com", callback_data = "c" })).Refusal);
    }

    [Fact]
    public async Task A_pressed_button_reaches_the_bot_with_its_message()
    {
        var (message, press) = await PressAsync();

        var query = Assert.Single(await UpdatesAsync()).GetProperty("callback_query");
        Assert.Equal(press.Id, query.GetProperty("id").GetString());
        Assert.Equal("yes", query.GetProperty("data").GetString());
        Assert.Equal(Ann, query.GetProperty("from").GetProperty("id").GetInt64());
        Assert.Equal(message, query.GetProperty("message").GetProperty("message_id").GetInt64());
    }

    [Fact]
    public async Task Only_buttons_that_are_there_can_be_pressed()
    {
        var message = await Bot.SendAsync(Ann, "no buttons");

        var refusal = Assert.ThrowsAny<Exception>(() => Telegram.Press(new Support.Simulation.ButtonPress(Ann, new Support.Simulation.SimulatedUser(Ann), message, "yes")));
        Assert.Contains("has no button with this data", refusal.Message);
    }

    [Fact]
    public async Task The_notice_of_an_answer_is_seen()
    {
        var (_, press) = await PressAsync();
        Assert.False(Telegram.Callback(press.Id)!.Answered);

        Assert.True((await Bot.CallAsync("answerCallbackQuery", new { callback_query_id = press.Id, text = "Thanks", show_alert = true })).Ok);

        var answered = Telegram.Callback(press.Id)!;
        Assert.Equal((true, "Thanks", true), (answered.Answered, answered.Notice, answered.Alert));
    }

    [Fact]
    public async Task A_notice_has_at_most_200_characters()
    {
        var (_, press) = await PressAsync();

        Assert.Equal("400 Bad Request: MESSAGE_TOO_LONG", (await Bot.CallAsync("answerCallbackQuery", new { callback_query_id = press.Id, text = new string('a', 201) })).Refusal);
    }

    [Fact]
    public async Task A_query_is_too_old_after_150_seconds()
    {
        const string tooOld = "400 Bad Request: query is too old and response timeout expired or query ID is invalid";
        var (_, press) = await PressAsync();
        Clock.Advance(TimeSpan.FromSeconds(150));

        Assert.Equal(tooOld, (await Bot.CallAsync("answerCallbackQuery", new { callback_query_id = press.Id })).Refusal);
        Assert.Equal(tooOld, (await Bot.CallAsync("answerCallbackQuery", new { callback_query_id = "7" })).Refusal);
        Assert.Empty(await UpdatesAsync());
    }
}
