using Xunit;

namespace Support.Tests.Simulation;

public sealed class CallsAreCheckedTests : SimulationTest
{
    [Fact]
    public async Task A_method_that_does_not_exist_is_not_found() =>
        Assert.Equal("404 Not Found", (await Bot.CallAsync("sendMesage")).Refusal);

    [Fact]
    public async Task A_token_that_is_wrong_is_unauthorized() =>
        Assert.Equal("401 Unauthorized", (await new BotDriver(Http, Server, "900001:WRONG").CallAsync("getMe")).Refusal);

    [Fact]
    public async Task A_method_may_be_written_in_any_case() =>
        Assert.Equal("support_sim_bot", (await Bot.CallAsync("GETME")).Result.GetProperty("username").GetString());

    [Theory]
    [InlineData("""{"chat_id":1001,"text":"a","txet":"b"}""", "unknown parameter \"txet\" of sendMessage")]
    [InlineData("""{"chat_id":1001}""", "message text is empty")]
    [InlineData("""{"text":"a"}""", "chat_id is empty")]
    [InlineData("""{"chat_id":true,"text":"a"}""", "\"chat_id\" must be Integer or String")]
    [InlineData("""{"chat_id":1001,"text":5}""", "\"text\" must be String")]
    [InlineData("""{"chat_id":1001,"text":null}""", "\"text\" is null; leave it out")]
    [InlineData("""{"chat_id":1001,"text":"a","disable_notification":"yes"}""", "\"disable_notification\" must be Boolean")]
    [InlineData("""{"chat_id":1001,"text":"a","reply_parameters":{"id":1}}""", "unknown member \"reply_parameters.id\" of ReplyParameters")]
    [InlineData("""{"chat_id":1001,"text":"a","reply_parameters":{}}""", "\"reply_parameters.message_id\" is required")]
    [InlineData("""{"chat_id":1001,"text":"a","reply_markup":{"inline_keyboard":[[{"text":"x","data":"y"}]]}}""", "unknown member \"reply_markup.inline_keyboard[0][0].data\" of InlineKeyboardButton")]
    [InlineData("""{"chat_id":1001,"text":"a","reply_markup":{"keyboard":1}}""", "\"reply_markup.keyboard\" must be Array of Array of KeyboardButton")]
    [InlineData("""[1]""", "the body must be a JSON object")]
    public async Task A_call_that_does_not_fit_the_specification_says_where(string call, string flaw) =>
        Assert.Equal("400 Bad Request: " + flaw, (await Bot.CallWithJsonAsync("sendMessage", call)).Refusal);

    [Fact]
    public async Task Parameters_come_as_a_form_too_with_objects_as_JSON_text()
    {
        var answer = await Bot.CallWithFormAsync("sendMessage",
            ("chat_id", "1001"), ("text", "a"), ("reply_markup", """{"inline_keyboard":[[{"text":"b","callback_data":"c"}]]}"""));

        Assert.Equal("c", answer.Result.GetProperty("reply_markup").GetProperty("inline_keyboard")[0][0].GetProperty("callback_data").GetString());
    }

    [Fact]
    public async Task Parameters_come_in_the_query_string_too() =>
        Assert.Equal("a b", (await Bot.CallWithQueryAsync("sendMessage", "chat_id=1001&text=a%20b")).Result.GetProperty("text").GetString());

    [Fact]
    public async Task A_number_in_a_form_must_be_one() =>
        Assert.Equal("400 Bad Request: parameter \"message_id\" must be Integer", (await Bot.CallWithFormAsync("deleteMessage", ("chat_id", "1001"), ("message_id", "x"))).Refusal);
}
