using Support.Simulation;
using Xunit;

namespace Support.Tests.Simulation;

public sealed class MessageMethodsTests : SimulationTest
{
    [Fact]
    public async Task An_edit_that_changes_nothing_is_refused()
    {
        var id = await Bot.SendAsync(Ann, "a");

        Assert.StartsWith(
            "400 Bad Request: message is not modified: ",
            (await Bot.CallAsync("editMessageText", new { chat_id = Ann, message_id = id, text = "<i></i>a", parse_mode = "HTML" })).Refusal);
        var edited = await Bot.CallAsync("editMessageText", new { chat_id = Ann, message_id = id, text = "b" });
        Assert.True(edited.Result.TryGetProperty("edit_date", out _));
        Assert.Equal("b", Telegram.Messages(Ann)[^1].Text);
    }

    [Fact]
    public async Task Buttons_are_edited_alone_and_taken_away_by_leaving_them_out()
    {
        var id = await Bot.SendAsync(Ann, "a");
        var keyboard = new { inline_keyboard = new[] { new[] { new { text = "b", callback_data = "c" } } } };

        Assert.True((await Bot.CallAsync("editMessageReplyMarkup", new { chat_id = Ann, message_id = id, reply_markup = keyboard })).Ok);
        Assert.StartsWith("400 Bad Request: message is not modified", (await Bot.CallAsync("editMessageReplyMarkup", new { chat_id = Ann, message_id = id, reply_markup = keyboard })).Refusal);
        Assert.True((await Bot.CallAsync("editMessageReplyMarkup", new { chat_id = Ann, message_id = id })).Ok);
        Assert.Null(Telegram.Messages(Ann)[^1].ReplyMarkup);
    }

    [Fact]
    public async Task Only_its_own_messages_can_be_edited_by_a_bot()
    {
        var mine = Write(Ann, "mine").MessageId;

        Assert.Equal("400 Bad Request: message can't be edited", (await Bot.CallAsync("editMessageText", new { chat_id = Ann, message_id = mine, text = "b" })).Refusal);
        Assert.Equal("400 Bad Request: message to edit not found", (await Bot.CallAsync("editMessageText", new { chat_id = Ann, message_id = 99, text = "b" })).Refusal);
    }

    [Fact]
    public async Task A_reply_needs_its_message_unless_it_may_go_without()
    {
        var question = Write(Ann, "question").MessageId;

        var reply = await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_parameters = new { message_id = question } });
        Assert.Equal("question", reply.Result.GetProperty("reply_to_message").GetProperty("text").GetString());
        Assert.Equal(
            "400 Bad Request: message to be replied not found",
            (await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_parameters = new { message_id = 99 } })).Refusal);
        Assert.True((await Bot.CallAsync("sendMessage", new { chat_id = Ann, text = "a", reply_parameters = new { message_id = 99, allow_sending_without_reply = true } })).Ok);
    }

    [Fact]
    public async Task A_copy_has_no_link_to_its_original_and_a_forward_has()
    {
        var original = Write(Ann, "original").MessageId;

        var copy = await Bot.CallAsync("copyMessage", new { chat_id = Group, from_chat_id = Ann, message_id = original });
        var copied = Assert.Single(Telegram.Messages(Group), message => message.MessageId == copy.Result.GetProperty("message_id").GetInt64());
        Assert.Equal(("original", null), (copied.Text, copied.ForwardOrigin));

        var forward = await Bot.CallAsync("forwardMessage", new { chat_id = Group, from_chat_id = Ann, message_id = original });
        Assert.Equal(Ann, forward.Result.GetProperty("forward_origin").GetProperty("sender_user").GetProperty("id").GetInt64());
        Assert.Equal("400 Bad Request: message to copy not found", (await Bot.CallAsync("copyMessage", new { chat_id = Group, from_chat_id = Ann, message_id = 99 })).Refusal);
    }

    [Fact]
    public async Task A_deleted_message_is_gone()
    {
        var id = await Bot.SendAsync(Ann, "a");

        Assert.True((await Bot.CallAsync("deleteMessage", new { chat_id = Ann, message_id = id })).Ok);
        Assert.Empty(Telegram.Messages(Ann));
        Assert.Equal("400 Bad Request: message to delete not found", (await Bot.CallAsync("deleteMessage", new { chat_id = Ann, message_id = id })).Refusal);
        Assert.Equal(id + 1, await Bot.SendAsync(Ann, "b"));
    }

    [Fact]
    public async Task Pinning_in_a_group_needs_the_right()
    {
        var id = await Bot.SendAsync(Group, "a");
        Assert.True((await Bot.CallAsync("pinChatMessage", new { chat_id = Group, message_id = id })).Ok);
        Assert.Equal(id, Telegram.Messages(Group)[^1].PinnedMessage!.MessageId);

        Telegram.SetMember(new MembershipChange(Group, "administrator") { Bot = 0, CanPinMessages = false });

        Assert.Equal(
            "400 Bad Request: not enough rights to manage pinned messages in the chat",
            (await Bot.CallAsync("pinChatMessage", new { chat_id = Group, message_id = id })).Refusal);
    }

    [Fact]
    public async Task A_draft_goes_only_to_a_private_chat()
    {
        Assert.True((await Bot.CallAsync("sendMessageDraft", new { chat_id = Ann, draft_id = 1, text = "wri" })).Ok);
        Assert.Equal("400 Bad Request: message drafts can be sent only to private chats", (await Bot.CallAsync("sendMessageDraft", new { chat_id = Group, draft_id = 1, text = "wri" })).Refusal);
        Assert.Equal("400 Bad Request: draft_id must be non-zero", (await Bot.CallAsync("sendMessageDraft", new { chat_id = Ann, draft_id = 0, text = "wri" })).Refusal);
    }

    [Fact]
    public async Task An_action_must_be_one_of_Telegrams()
    {
        Assert.True((await Bot.CallAsync("sendChatAction", new { chat_id = Ann, action = "typing" })).Ok);
        Assert.Equal("400 Bad Request: wrong parameter action in request", (await Bot.CallAsync("sendChatAction", new { chat_id = Ann, action = "thinking" })).Refusal);
    }

    [Theory]
    [InlineData("start", "Begin", "accepted")]
    [InlineData("Start", "Begin", "400 Bad Request: BOT_COMMAND_INVALID")]
    [InlineData("start", "", "400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")]
    public async Task Commands_of_the_menu_are_checked(string command, string description, string outcome) =>
        Assert.Equal(outcome, (await Bot.CallAsync("setMyCommands", new { commands = new[] { new { command, description } } })).Refusal);

    [Fact]
    public async Task Somebody_edits_what_he_wrote()
    {
        var id = Write(Ann, "questoin").MessageId;

        Telegram.Write(new UserMessage(Ann, new SimulatedUser(Ann), "question") { Edit = id });

        var edit = (await UpdatesAsync())[^1].GetProperty("edited_message");
        Assert.Equal(id, edit.GetProperty("message_id").GetInt64());
        Assert.Equal("question", edit.GetProperty("text").GetString());
        Assert.True(edit.TryGetProperty("edit_date", out _));
    }
}
