using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class ControlTests : SimulationTest
{
    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var response = await Http.PostAsJsonAsync(new Uri(Server, path), body);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(new Uri(Server, path));

    [Fact]
    public async Task People_write_and_both_sides_are_read()
    {
        var written = await PostAsync("/sim/messages", new { chat = 1001, from = new { id = 1001, first_name = "Ann" }, text = "hello", reply_to = (int?)null });
        await Bot.SendAsync(1001, "hi");

        var messages = await GetAsync("/sim/messages?chat=1001&after=0");
        Assert.Equal([false, true], messages.EnumerateArray().Select(message => message.GetProperty("from").GetProperty("is_bot").GetBoolean()));
        Assert.Equal("hi", Assert.Single((await GetAsync($"/sim/messages?chat=1001&after={written.GetProperty("message_id")}")).EnumerateArray()).GetProperty("text").GetString());
    }

    [Fact]
    public async Task Somebody_new_gets_a_chat_by_writing()
    {
        await PostAsync("/sim/messages", new { chat = 8001, from = new { id = 8001, first_name = "Zoë" }, text = "/start", language_code = "fr" });

        var message = Assert.Single(await UpdatesAsync()).GetProperty("message");
        Assert.Equal(("private", "fr"), (message.GetProperty("chat").GetProperty("type").GetString(), message.GetProperty("from").GetProperty("language_code").GetString()));
        await Bot.SendAsync(8001, "welcome");
    }

    [Fact]
    public async Task The_chats_are_listed_with_their_roles()
    {
        var chats = (await GetAsync("/sim/chats")).EnumerateArray().ToList();

        Assert.Equal(
            ["1001 customer", "1002 customer", "-1002000000001 admins"],
            chats.Select(chat => $"{chat.GetProperty("id")} {chat.GetProperty("role").GetString()}").Where(chat => !chat.Contains("777", StringComparison.Ordinal)).Take(3));
        Assert.Equal("Alice", chats.First(chat => chat.GetProperty("id").GetInt64() == Group).GetProperty("members")[0].GetProperty("first_name").GetString());
        Assert.Contains(chats, chat => chat.GetProperty("id").GetInt64() == 4001 && chat.GetProperty("role").GetString() == "editor");
    }

    [Fact]
    public async Task A_file_is_uploaded_as_a_form()
    {
        var form = new MultipartFormDataContent
        {
            { new StringContent("4001"), "chat" },
            { new StringContent("{\"id\":4001}"), "from" },
            { new ByteArrayContent([1, 2]), "file", "a.md" },
            { new StringContent("new prices"), "caption" },
        };

        using var response = await Http.PostAsync(new Uri(Server, "/sim/files"), form);

        var message = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("a.md", message.GetProperty("document").GetProperty("file_name").GetString());
        Assert.Equal("new prices", Assert.Single(await UpdatesAsync()).GetProperty("message").GetProperty("caption").GetString());
    }

    [Fact]
    public async Task A_pressed_button_tells_how_it_was_answered()
    {
        var sent = await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_markup = new { inline_keyboard = new[] { new[] { new { text = "b", callback_data = "c" } } } } });
        var id = (await PostAsync("/sim/callbacks", new { chat = Ann, from = new { id = Ann }, message_id = sent.Result.GetProperty("message_id").GetInt64(), data = "c" })).GetProperty("id").GetString();
        Assert.False((await GetAsync($"/sim/callbacks/{id}")).GetProperty("answered").GetBoolean());

        await Bot.CallAsync("answerCallbackQuery", new { callback_query_id = id, text = "Done" });

        Assert.Equal("Done", (await GetAsync($"/sim/callbacks/{id}")).GetProperty("notice").GetString());
        Assert.Equal("Done", (await GetAsync("/sim/changes?since=0")).GetProperty("notices")[0].GetProperty("notice").GetString());
    }

    [Fact]
    public async Task A_page_follows_the_changes()
    {
        var id = await Bot.SendAsync(Ann, "a");
        var since = (await GetAsync("/sim/changes?since=0")).GetProperty("next").GetInt64();
        var waiting = GetAsync($"/sim/changes?since={since}&wait=20");
        await Clock.ArmedAsync(TimeSpan.FromSeconds(20));

        await Bot.CallAsync("editMessageText", new { chat_id = Ann, message_id = id, text = "b" });

        var edited = Assert.Single((await waiting).GetProperty("messages").EnumerateArray());
        Assert.Equal("b", edited.GetProperty("text").GetString());
        Assert.True(edited.TryGetProperty("edit_date", out _));
        await Bot.CallAsync("sendChatAction", new { chat_id = Ann, action = "typing" });
        await Bot.CallAsync("sendMessageDraft", new { chat_id = Ann, draft_id = 3, text = "wri" });
        await Bot.CallAsync("deleteMessage", new { chat_id = Ann, message_id = id });
        var more = await GetAsync($"/sim/changes?since={since + 1}");
        Assert.Equal("typing", more.GetProperty("typing")[0].GetProperty("action").GetString());
        Assert.Equal("wri", more.GetProperty("drafts")[0].GetProperty("text").GetString());
        Assert.Equal(id, more.GetProperty("removed")[0].GetProperty("message_id").GetInt64());
    }

    [Fact]
    public async Task Waiting_for_a_message_ends_when_it_comes_and_when_the_time_is_up()
    {
        var waiting = GetAsync("/sim/messages?chat=1001&after=0&wait=20");
        await Clock.ArmedAsync(TimeSpan.FromSeconds(20));
        await Bot.SendAsync(Ann, "at last");
        Assert.Equal("at last", (await waiting)[0].GetProperty("text").GetString());

        var empty = GetAsync("/sim/messages?chat=1001&after=1&wait=10");
        await Clock.ArmedAsync(TimeSpan.FromSeconds(10));
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await empty).GetArrayLength());
    }

    [Fact]
    public async Task Faults_members_and_figures_have_their_addresses()
    {
        await PostAsync("/sim/faults", new { method = "sendMessage", error_code = 500, count = (int?)null });
        Assert.Equal(500, (await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a" })).Code);
        using (await Http.DeleteAsync(new Uri(Server, "/sim/faults")))
            await Bot.SendAsync(Ann, "a");

        await PostAsync("/sim/members", new { chat = 1001, bot = true, status = "kicked" });
        Assert.Equal(403, (await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a" })).Code);
        await PostAsync("/sim/members", new { chat = Group, user = new { id = 3005, first_name = "New" }, status = "member" });

        var stats = await GetAsync("/sim/stats");
        Assert.Equal(2, stats.GetProperty("updates_pending").GetInt32());
        Assert.Equal(1, stats.GetProperty("calls").GetProperty("sendMessage").GetInt32());
        Assert.Equal(2, stats.GetProperty("refusals").GetProperty("sendMessage").GetInt32());
    }

    [Theory]
    [InlineData("""{"chat":1001,"from":{"id":1001},"text":"a","txet":"b"}""", "txet")]
    [InlineData("""{"chat":1001,"from":{"id":1001}}""", "text")]
    [InlineData("""{"chat":1001,"from":{"id":1002},"text":"a"}""", "private chat")]
    [InlineData("""{"chat":1001,"from":{"id":1001},"text":"a","reply_to":77}""", "no message 77")]
    [InlineData("nonsense", "invalid")]
    public async Task A_wrong_request_is_told_what_is_wrong(string body, string flaw)
    {
        using var response = await Http.PostAsync(new Uri(Server, "/sim/messages"), new StringContent(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(flaw, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Messages_can_be_watched_in_the_same_process()
    {
        using var sent = Telegram.WatchSent();

        await Bot.SendAsync(Ann, "a");

        var seen = await sent.Reader.ReadAsync();
        Assert.Equal(("sendMessage", "a", Clock.GetTimestamp()), (seen.Method, seen.Message.Text, seen.Timestamp));
    }
}
