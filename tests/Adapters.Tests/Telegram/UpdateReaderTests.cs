using System.Text;
using System.Text.Json;
using Support.Conversations;
using Support.Telegram;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class UpdateReaderTests
{
    private static readonly BotIdentity Me = new(new BotId(42), "My_Bot");
    private const string Ann = """{"id":1001,"is_bot":false,"first_name":"Ann","last_name":"Lee","username":"ann","language_code":"en"}""";
    private const string Private = """{"id":1001,"type":"private","first_name":"Ann"}""";
    private const string Forum = """{"id":-1005,"type":"supergroup","title":"Admins","is_forum":true}""";

    [Fact]
    public void A_text_message_keeps_what_the_desk_needs()
    {
        var message = Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{{{Private}}},"date":1700000000,"text":"Привет 😀"}""");

        Assert.Equal(new Chat(1001, ChatKind.Private, null, false), message.Chat);
        Assert.Equal(new Sender(1001, "Ann", "Lee", "ann", "en", false), message.From);
        Assert.Equal("Ann Lee", message.From.FullName);
        Assert.Equal(7, message.MessageId);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1700000000), message.SentAt);
        Assert.Equal("Привет 😀", message.Text);
        Assert.Null(message.Medium);
        Assert.Null(message.Command);
        Assert.Null(message.Thread);
        Assert.Null(message.ReplyTo);
        Assert.False(message.IsService || message.MentionsBot);
    }

    [Fact]
    public void An_edit_is_a_new_version_of_a_message()
    {
        var edited = Assert.IsType<Incoming.MessageEdited>(Read($$$"""{"update_id":1,"edited_message":{"message_id":7,"from":{{{Ann}}},"chat":{{{Private}}},"date":1,"edit_date":2,"text":"new"}}"""));

        Assert.Equal("new", edited.Message.Text);
    }

    [Theory]
    [InlineData("/start", 6, "start", "")]
    [InlineData("/start code_1", 6, "start", "code_1")]
    [InlineData("/START@my_bot  two words ", 13, "start", "two words")]
    [InlineData("/start@other_bot x", 16, null, "")]
    public void A_command_counts_when_it_is_for_this_bot(string text, int length, string? command, string argument)
    {
        var message = Text(text, $$$"""[{"type":"bot_command","offset":0,"length":{{{length}}}}]""");

        Assert.Equal(command, message.Command);
        Assert.Equal(argument, message.CommandArgument);
        Assert.Equal(text, message.Text);
    }

    [Fact]
    public void A_command_further_on_in_the_text_is_none() =>
        Assert.Null(Text("please /start", """[{"type":"bot_command","offset":7,"length":6}]""").Command);

    [Theory]
    [InlineData("😀 hey @my_BOT!", """[{"type":"mention","offset":7,"length":7}]""", true)]
    [InlineData("hey @my_bot2", """[{"type":"mention","offset":4,"length":8}]""", false)]
    [InlineData("hey you", """[{"type":"text_mention","offset":4,"length":3,"user":{"id":42,"is_bot":true,"first_name":"Bot"}}]""", true)]
    [InlineData("hey you", """[{"type":"text_mention","offset":4,"length":3,"user":{"id":43,"is_bot":true,"first_name":"Bot"}}]""", false)]
    [InlineData("/help@My_Bot", """[{"type":"bot_command","offset":0,"length":12}]""", true)]
    [InlineData("mail me@my_bot", "[]", false)]
    [InlineData("short", """[{"type":"mention","offset":400,"length":7},{"type":"mention","offset":-1,"length":7},{"type":"mention","offset":2,"length":2147483647}]""", false)]
    public void A_mention_of_the_bot_is_seen(string text, string entities, bool mentioned) =>
        Assert.Equal(mentioned, Text(text, entities).MentionsBot);

    [Theory]
    [InlineData("""  "photo":[{"file_id":"small","file_size":1},{"file_id":"big","file_size":90}]  """, MediumKind.Photo, "big", null, 90L)]
    [InlineData("""  "document":{"file_id":"d","file_name":"a.pdf","mime_type":"application/pdf","file_size":5}  """, MediumKind.Document, "d", "a.pdf", 5L)]
    [InlineData("""  "animation":{"file_id":"a"},"document":{"file_id":"d"}  """, MediumKind.Animation, "a", null, null)]
    [InlineData("""  "voice":{"file_id":"v","duration":3}  """, MediumKind.Voice, "v", null, null)]
    [InlineData("""  "audio":{"file_id":"u"}  """, MediumKind.Audio, "u", null, null)]
    [InlineData("""  "video":{"file_id":"w"}  """, MediumKind.Video, "w", null, null)]
    [InlineData("""  "video_note":{"file_id":"n"}  """, MediumKind.VideoNote, "n", null, null)]
    [InlineData("""  "sticker":{"file_id":"s","emoji":"👍"}  """, MediumKind.Sticker, "s", null, null)]
    [InlineData("""  "location":{"latitude":1.5,"longitude":2}  """, MediumKind.Location, null, null, null)]
    [InlineData("""  "venue":{"title":"x"},"location":{"latitude":1.5,"longitude":2}  """, MediumKind.Location, null, null, null)]
    [InlineData("""  "contact":{"phone_number":"1"}  """, MediumKind.Contact, null, null, null)]
    [InlineData("""  "poll":{"id":"1"}  """, MediumKind.Poll, null, null, null)]
    [InlineData("""  "dice":{"value":6}  """, MediumKind.Other, null, null, null)]
    [InlineData("""  "hologram_of_2031":{"layers":[[1]]}  """, MediumKind.Other, null, null, null)]
    public void A_medium_is_named_with_its_file(string fields, MediumKind kind, string? file, string? name, long? size)
    {
        var message = Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{{{Private}}},"date":1,"caption":"look","media_group_id":"g1",{{{fields}}}}""");

        Assert.Equal(kind, message.Medium?.Kind);
        Assert.Equal(file, message.Medium?.FileId);
        Assert.Equal(name, message.Medium?.FileName);
        Assert.Equal(size, message.Medium?.Size);
        Assert.Equal(kind == MediumKind.Voice ? 3 : (int?)null, message.Medium?.Seconds);
        Assert.Equal("look", message.Text);
        Assert.Equal("g1", message.AlbumId);
        Assert.False(message.IsService);
    }

    [Fact]
    public void A_caption_has_commands_and_mentions_too()
    {
        var message = Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{{{Private}}},"date":1,"caption":"/docs for @my_bot","caption_entities":[{"type":"bot_command","offset":0,"length":5},{"type":"mention","offset":10,"length":7}],"document":{"file_id":"d"}}""");

        Assert.Equal("docs", message.Command);
        Assert.Equal("for @my_bot", message.CommandArgument);
        Assert.True(message.MentionsBot);
    }

    [Theory]
    [InlineData(""" "new_chat_members":[{"id":5,"is_bot":false,"first_name":"B"}] """)]
    [InlineData(""" "left_chat_member":{"id":5,"is_bot":false,"first_name":"B"} """)]
    [InlineData(""" "pinned_message":{"message_id":3,"chat":{"id":1,"type":"group"},"date":0} """)]
    [InlineData(""" "forum_topic_created":{"name":"x","icon_color":1} """)]
    [InlineData(""" "group_chat_created":true """)]
    public void A_service_message_is_nothing_somebody_wrote(string field)
    {
        var message = Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{{{Forum}}},"date":1,{{{field}}}}""");

        Assert.True(message.IsService);
        Assert.Null(message.Medium);
    }

    [Fact]
    public void A_group_that_became_a_supergroup_tells_its_new_id()
    {
        var message = Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{"id":-5,"type":"group","title":"Admins"},"date":1,"migrate_to_chat_id":-1005}""");

        Assert.Equal(-1005, message.MigratedTo);
        Assert.True(message.IsService);
        Assert.Equal(ChatKind.Group, message.Chat.Kind);
    }

    [Fact]
    public void A_thread_is_one_only_in_a_topic()
    {
        const string Rest = """ "chat":{"id":-1005,"type":"supergroup","title":"Admins","is_forum":true},"date":1,"text":"x","message_thread_id":99 """;

        Assert.Equal(99, Message($$$"""{"message_id":7,"from":{{{Ann}}},"is_topic_message":true,{{{Rest}}}}""").Thread);
        Assert.Null(Message($$$"""{"message_id":7,"from":{{{Ann}}},{{{Rest}}}}""").Thread);
    }

    [Fact]
    public void A_reply_names_the_message_and_its_author()
    {
        var message = Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{{{Forum}}},"date":1,"text":"x","reply_to_message":{"message_id":5,"from":{"id":42,"is_bot":true,"first_name":"Bot"},"chat":{{{Forum}}},"date":1,"text":"card"}}""");

        Assert.Equal(new RepliedTo(5, 42, true), message.ReplyTo);
    }

    [Fact]
    public void Writing_in_a_topic_is_no_reply_to_the_bot_that_made_it()
    {
        var message = Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{{{Forum}}},"date":1,"text":"x","message_thread_id":5,"is_topic_message":true,"reply_to_message":{"message_id":5,"from":{"id":42,"is_bot":true,"first_name":"Bot"},"chat":{{{Forum}}},"date":1,"forum_topic_created":{"name":"t"} } }""");

        Assert.Null(message.ReplyTo);
        Assert.Equal(5, message.Thread);
    }

    [Fact]
    public void An_anonymous_admin_is_the_group_and_no_bot()
    {
        var message = Message($$$"""{"message_id":7,"from":{"id":1087968824,"is_bot":true,"first_name":"Group","username":"GroupAnonymousBot"},"sender_chat":{{{Forum}}},"chat":{{{Forum}}},"date":1,"text":"x"}""");

        Assert.Equal(new Sender(-1005, "Admins", null, null, null, false), message.From);
    }

    [Theory]
    [InlineData("""{"update_id":1,"message":{"message_id":7,"chat":{"id":1,"type":"private"},"date":1,"text":"x"}}""", "message without sender")]
    [InlineData("""{"update_id":1,"message":{"message_id":7,"is_automatic_forward":true,"sender_chat":{"id":-2,"type":"channel"},"chat":{"id":-1,"type":"supergroup"},"date":1,"text":"x"}}""", "message forwarded automatically")]
    [InlineData("""{"update_id":1,"channel_post":{"message_id":7,"chat":{"id":-2,"type":"channel"},"date":1,"text":"x"}}""", "channel_post")]
    [InlineData("""{"update_id":1,"message_reaction":{"chat":{"id":1}}}""", "message_reaction")]
    [InlineData("""{"something_of_2031":[{"deep":{}}],"update_id":1}""", "something_of_2031")]
    [InlineData("""{"update_id":1,"callback_query":{"id":"1","from":{"id":1,"is_bot":false,"first_name":"A"},"game_short_name":"g"}}""", "callback_query without data")]
    [InlineData("""{"update_id":1}""", "empty")]
    public void What_the_desk_has_no_use_for_is_named(string update, string kind) =>
        Assert.Equal(new Incoming.Unused(kind), Read(update));

    [Fact]
    public void A_button_tells_who_pressed_it_and_where()
    {
        var pressed = Assert.IsType<Incoming.ButtonPressed>(Read($$$"""{"update_id":1,"callback_query":{"id":"q9","from":{{{Ann}}},"message":{"message_id":5,"from":{"id":42,"is_bot":true,"first_name":"Bot"},"chat":{{{Forum}}},"date":1,"message_thread_id":99,"is_topic_message":true,"text":"card"},"chat_instance":"1","data":"take:7"}}"""));

        Assert.Equal(("q9", 1001L, -1005L, 5L, 99L, "take:7"), (pressed.QueryId, pressed.From.Id, pressed.Chat!.Id, pressed.MessageId!.Value, pressed.Thread!.Value, pressed.Data));
    }

    [Fact]
    public void A_button_under_a_message_telegram_forgot_still_counts()
    {
        var pressed = Assert.IsType<Incoming.ButtonPressed>(Read($$$"""{"update_id":1,"callback_query":{"id":"q9","from":{{{Ann}}},"chat_instance":"1","data":"x"}}"""));

        Assert.Null(pressed.Chat);
        Assert.Null(pressed.MessageId);
    }

    [Fact]
    public void A_change_of_the_bots_membership_tells_its_rights_before_and_now()
    {
        var change = Assert.IsType<Incoming.MembershipChanged>(Read($$$"""{"update_id":1,"my_chat_member":{"chat":{{{Forum}}},"from":{{{Ann}}},"date":1,"old_chat_member":{"user":{"id":42,"is_bot":true,"first_name":"Bot"},"status":"left"},"new_chat_member":{"user":{"id":42,"is_bot":true,"first_name":"Bot"},"status":"administrator","can_manage_topics":true,"can_delete_messages":false,"can_pin_messages":true} } }"""));

        Assert.Equal(BotStanding.Absent, change.Before);
        Assert.Equal(new BotStanding(BotRole.Administrator, true, false, true), change.Now);
        Assert.True(change.Chat.IsForum);
    }

    [Theory]
    [InlineData("member", false, BotRole.Member)]
    [InlineData("restricted", true, BotRole.Member)]
    [InlineData("restricted", false, BotRole.Absent)]
    [InlineData("kicked", false, BotRole.Absent)]
    [InlineData("status_of_2031", false, BotRole.Absent)]
    public void Each_status_is_a_role(string status, bool isMember, BotRole role) =>
        Assert.Equal(role, new ChatMember(status, isMember).AsBot().Role);

    [Fact]
    public void A_nul_that_no_database_would_keep_is_dropped() =>
        Assert.Equal("ab", Text("a\\u0000b", "[]").Text);

    [Fact]
    public void A_field_of_another_type_than_promised_is_an_error_not_a_lost_message() =>
        Assert.Throws<JsonException>(() => Read("""{"update_id":1,"message":{"message_id":"seven"}}"""));

    private static IncomingMessage Text(string text, string entities) =>
        Message($$$"""{"message_id":7,"from":{{{Ann}}},"chat":{{{Private}}},"date":1,"text":"{{{text}}}","entities":{{{entities}}}}""");

    private static IncomingMessage Message(string message) =>
        Assert.IsType<Incoming.MessageReceived>(Read($$$"""{"update_id":1,"message":{{{message}}}}""")).Message;

    private static Incoming Read(string update) => UpdateReader.Read(Encoding.UTF8.GetBytes(update), Me);
}
