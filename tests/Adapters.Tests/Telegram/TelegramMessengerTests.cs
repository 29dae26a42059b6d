using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Support.Contracts;
using Support.Conversations;
using Support.Telegram;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class TelegramMessengerTests : IAsyncLifetime
{
    private static readonly BotId Bot = FakeBotApi.Token.Bot;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly HttpClient _http = BotApiConnections.CreateClient();
    private readonly ManualClock _clock = new();
    private FakeBotApi _telegram = null!;
    private TelegramMessenger _messenger = null!;

    public async ValueTask InitializeAsync()
    {
        _telegram = await FakeBotApi.StartAsync();
        _messenger = Messenger(_telegram.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _telegram.DisposeAsync();
    }

    [Fact]
    public async Task A_text_goes_out_as_html_without_link_previews()
    {
        _telegram.Answers("sendMessage", FakeBotApi.Ok("""{"message_id":71,"date":1,"chat":{"id":5,"type":"private"}}"""));

        var delivery = await SendAsync(new Outgoing.SendText("<b>Да</b>", Keyboard.Of([new Button("Yes", "y"), new Button("Site", Url: "https://example.com")]), ReplyTo: 3, Thread: 9, Silent: true));

        Assert.Equal(new Delivery.Delivered(71), delivery);
        Assert.Equal(
            """{"chat_id":5,"message_thread_id":9,"text":"<b>Да</b>","parse_mode":"HTML","link_preview_options":{"is_disabled":true},"disable_notification":true,"reply_parameters":{"message_id":3,"allow_sending_without_reply":true},"reply_markup":{"inline_keyboard":[[{"text":"Yes","callback_data":"y"},{"text":"Site","url":"https://example.com"}]]}}""",
            (await _telegram.CallAsync("sendMessage")).GetRawText());
    }

    [Fact]
    public async Task A_plain_text_goes_out_without_parse_mode()
    {
        _telegram.Answers("sendMessage", FakeBotApi.Ok("""{"message_id":71}"""));

        await SendAsync(new Outgoing.SendText("1 < 2", Plain: true));

        Assert.Equal("""{"chat_id":5,"text":"1 < 2","link_preview_options":{"is_disabled":true}}""", (await _telegram.CallAsync("sendMessage")).GetRawText());
    }

    [Fact]
    public async Task Edits_copies_and_topics_are_their_own_calls()
    {
        _telegram.Answers("editMessageText", FakeBotApi.Ok("""{"message_id":8}"""));
        _telegram.Answers("editMessageReplyMarkup", FakeBotApi.Ok("""{"message_id":8}"""));
        _telegram.Answers("copyMessage", FakeBotApi.Ok("""{"message_id":72}"""));
        _telegram.Answers("createForumTopic", FakeBotApi.Ok("""{"message_thread_id":90,"name":"T","icon_color":1}"""));
        _telegram.Answers("closeForumTopic", FakeBotApi.Ok("true"));

        Assert.Equal(new Delivery.Delivered(8), await SendAsync(new Outgoing.EditText(8, "new")));
        Assert.Equal(new Delivery.Delivered(8), await SendAsync(new Outgoing.EditKeyboard(8, null)));
        Assert.Equal(new Delivery.Delivered(72), await SendAsync(new Outgoing.CopyMessage(6, 44, Thread: 90)));
        Assert.Equal(new Delivery.Delivered(90), await SendAsync(new Outgoing.CreateTopic(new string('x', 127) + "😀")));
        Assert.Equal(new Delivery.Delivered(0), await SendAsync(new Outgoing.CloseTopic(90)));

        Assert.Equal("""{"chat_id":5,"message_id":8}""", (await _telegram.CallAsync("editMessageReplyMarkup")).GetRawText());
        Assert.Equal("""{"chat_id":5,"message_thread_id":90,"from_chat_id":6,"message_id":44}""", (await _telegram.CallAsync("copyMessage")).GetRawText());
        Assert.Equal(new string('x', 127) + "…", (await _telegram.CallAsync("createForumTopic")).GetProperty("name").GetString());
    }

    public static TheoryData<int, string, string, Delivery> Refusals => new()
    {
        { 429, "Too Many Requests: retry after 5", """{"retry_after":5}""", new Delivery.Wait(TimeSpan.FromSeconds(5)) },
        { 429, "Too Many Requests", "{}", new Delivery.Wait(TimeSpan.FromSeconds(1)) },
        { 400, "Bad Request: group chat was upgraded to a supergroup chat", """{"migrate_to_chat_id":-1005}""", new Delivery.Moved(-1005) },
        { 403, "Forbidden: bot was blocked by the user", "{}", new Delivery.ChatGone("Forbidden: bot was blocked by the user") },
        { 403, "Forbidden: user is deactivated", "{}", new Delivery.ChatGone("Forbidden: user is deactivated") },
        { 403, "Forbidden: bot was kicked from the supergroup chat", "{}", new Delivery.ChatGone("Forbidden: bot was kicked from the supergroup chat") },
        { 400, "Bad Request: chat not found", "{}", new Delivery.ChatGone("Bad Request: chat not found") },
        { 400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0", "{}", new Delivery.BadEntities("Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0") },
        { 400, "Bad Request: message thread not found", "{}", new Delivery.TopicGone("Bad Request: message thread not found") },
        { 400, "Bad Request: TOPIC_DELETED", "{}", new Delivery.TopicGone("Bad Request: TOPIC_DELETED") },
        { 400, "Bad Request: TOPIC_CLOSED", "{}", new Delivery.TopicGone("Bad Request: TOPIC_CLOSED") },
        { 400, "Bad Request: message is too long", "{}", new Delivery.Refused(400, "Bad Request: message is too long") },
        { 401, "Unauthorized", "{}", new Delivery.Refused(401, "Unauthorized") },
        { 500, "Internal Server Error", "{}", new Delivery.InDoubt("sendMessage: 500 Internal Server Error") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Each_refusal_has_its_meaning(int code, string description, string parameters, Delivery meaning)
    {
        _telegram.Answers("sendMessage", FakeBotApi.Error(code, description, parameters));

        Assert.Equal(meaning, await SendAsync(new Outgoing.SendText("x")));
        Assert.Equal(1, _telegram.CountOf("sendMessage"));
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_done_and_one_of_a_missing_message_is_refused()
    {
        _telegram.Answers(
            "editMessageText",
            FakeBotApi.Error(400, "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"),
            FakeBotApi.Error(400, "Bad Request: message to edit not found"));

        Assert.Equal(new Delivery.Delivered(8), await SendAsync(new Outgoing.EditText(8, "same")));
        Assert.Equal(new Delivery.Refused(400, "Bad Request: message to edit not found"), await SendAsync(new Outgoing.EditText(8, "gone")));
    }

    [Fact]
    public async Task A_send_without_answer_is_in_doubt_after_fifteen_seconds_and_made_once()
    {
        _telegram.Handles("sendMessage", (context, _) => _telegram.HoldAsync(context));

        var sending = SendAsync(new Outgoing.SendText("x"));
        await _telegram.CallAsync("sendMessage");
        _clock.Advance(TimeSpan.FromSeconds(15));

        Assert.Equal(new Delivery.InDoubt("sendMessage: no answer in 15 s"), await sending);
        Assert.Equal(1, _telegram.CountOf("sendMessage"));
    }

    [Fact]
    public async Task A_kept_connection_that_breaks_under_a_send_does_not_send_it_again()
    {
        _telegram.Answers("sendMessage", FakeBotApi.Ok("""{"message_id":71}"""));
        await SendAsync(new Outgoing.SendText("first"));
        _telegram.Handles("sendMessage", (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        Assert.IsType<Delivery.InDoubt>(await SendAsync(new Outgoing.SendText("second")));
        Assert.Equal(2, _telegram.CountOf("sendMessage"));
    }

    [Fact]
    public async Task An_answer_that_breaks_off_leaves_the_send_in_doubt()
    {
        _telegram.Handles("sendMessage", async (context, _) =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("""{"ok":true,"result":""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.IsType<Delivery.InDoubt>(await SendAsync(new Outgoing.SendText("x")));
    }

    [Fact]
    public async Task Without_a_connection_the_message_did_not_leave() =>
        Assert.IsType<Delivery.Unreachable>(await Messenger(new Uri("http://nowhere.invalid")).SendAsync(Bot, 5, new Outgoing.SendText("x"), None));

    [Fact]
    public async Task A_bot_without_token_is_refused_with_what_to_do() =>
        Assert.Equal(
            new Delivery.Refused(401, "no usable token is kept for bot 7: connect it again"),
            await _messenger.SendAsync(new BotId(7), 5, new Outgoing.SendText("x"), None));

    [Fact]
    public async Task A_buttons_notice_is_cut_to_what_telegram_shows_and_a_late_one_is_no_error()
    {
        _telegram.Answers("answerCallbackQuery", FakeBotApi.Error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid"));

        await _messenger.AnswerButtonAsync(Bot, "q", new string('x', 300), alert: true, None);

        var call = await _telegram.CallAsync("answerCallbackQuery");
        Assert.Equal(200, call.GetProperty("text").GetString()!.Length);
        Assert.True(call.GetProperty("show_alert").GetBoolean());
    }

    [Fact]
    public async Task Typing_is_shown_in_the_topic_and_never_tried_twice()
    {
        _telegram.Answers("sendChatAction", FakeBotApi.Error(500, "Internal Server Error"));

        await _messenger.ShowTypingAsync(Bot, 5, 9, None);

        Assert.Equal("""{"chat_id":5,"message_thread_id":9,"action":"typing"}""", (await _telegram.CallAsync("sendChatAction")).GetRawText());
        Assert.Equal(1, _telegram.CountOf("sendChatAction"));
    }

    [Fact]
    public async Task A_draft_is_shown_once_and_refused_without_trouble()
    {
        _telegram.Answers("sendMessageDraft", FakeBotApi.Ok("true"));
        Assert.True(await _messenger.ShowDraftAsync(Bot, 5, 9, 3, "Вернуть товар <b>", None));
        var call = await _telegram.CallAsync("sendMessageDraft");
        Assert.Equal((5, 9, 3, "Вернуть товар <b>"), (call.GetProperty("chat_id").GetInt32(), call.GetProperty("message_thread_id").GetInt32(), call.GetProperty("draft_id").GetInt32(), call.GetProperty("text").GetString()));
        Assert.False(call.TryGetProperty("parse_mode", out _));

        _telegram.Answers("sendMessageDraft", FakeBotApi.Error(400, "Bad Request: message drafts can be sent only to private chats"));
        Assert.False(await _messenger.ShowDraftAsync(Bot, -5, null, 3, new string('x', 5000), None));
        Assert.Equal(2, _telegram.CountOf("sendMessageDraft"));
    }

    [Fact]
    public async Task A_file_is_downloaded_from_where_telegram_keeps_it()
    {
        _telegram.Answers("getFile", FakeBotApi.Ok("""{"file_id":"f","file_unique_id":"u","file_size":3,"file_path":"documents/file 1.txt"}"""));
        _telegram.Handles("file 1.txt", (context, _) => context.Response.WriteAsync("abc"));

        var file = Assert.IsType<FileDownload.Complete>(await _messenger.DownloadAsync(Bot, "f", 3, None));

        Assert.Equal("abc"u8, file.Bytes);
        Assert.Contains($"/file/bot{FakeBotApi.Token.Value}/documents/file 1.txt", _telegram.Paths);
    }

    [Fact]
    public async Task A_file_larger_than_allowed_is_not_downloaded()
    {
        _telegram.Answers("getFile", FakeBotApi.Ok("""{"file_id":"f","file_size":4000,"file_path":"a"}"""));

        Assert.Equal(new FileDownload.TooLarge(4000), await _messenger.DownloadAsync(Bot, "f", 3, None));
    }

    [Fact]
    public async Task A_file_that_turns_out_larger_than_allowed_is_dropped_on_the_way()
    {
        _telegram.Answers("getFile", FakeBotApi.Ok("""{"file_id":"f","file_path":"a"}"""));
        _telegram.Handles("a", async (context, _) =>
        {
            // No length: the size shows only while reading.
            for (var i = 0; i < 10; i++)
            {
                await context.Response.Body.WriteAsync(new byte[1000]);
                await context.Response.Body.FlushAsync();
            }
        });

        Assert.IsType<FileDownload.TooLarge>(await _messenger.DownloadAsync(Bot, "f", 5000, None));
    }

    [Fact]
    public async Task A_file_beyond_what_telegram_hands_out_is_too_large()
    {
        _telegram.Answers("getFile", FakeBotApi.Error(400, "Bad Request: file is too big"));

        Assert.Equal(new FileDownload.TooLarge(20 * 1024 * 1024 + 1), await _messenger.DownloadAsync(Bot, "f", 5000, None));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_said_to_be()
    {
        _telegram.Answers("getFile", FakeBotApi.Ok("""{"file_id":"f","file_path":"gone"}"""));

        Assert.Equal(new FileDownload.Failed("404 the file is not to be had"), await _messenger.DownloadAsync(Bot, "f", 5000, None));
    }

    [Fact]
    public async Task The_bots_standing_is_asked_for_and_not_being_there_is_an_answer()
    {
        _telegram.Answers(
            "getChatMember",
            FakeBotApi.Ok("""{"status":"administrator","user":{"id":123456,"is_bot":true,"first_name":"D"},"can_manage_topics":true,"can_delete_messages":true,"can_pin_messages":false}"""),
            FakeBotApi.Error(403, "Forbidden: bot is not a member of the supergroup chat"));

        Assert.Equal(new BotStanding(BotRole.Administrator, true, true, false), await _messenger.StandingAsync(Bot, -5, None));
        Assert.Equal(BotStanding.Absent, await _messenger.StandingAsync(Bot, -5, None));
        Assert.Equal("""{"chat_id":-5,"user_id":123456}""", (await _telegram.CallAsync("getChatMember")).GetRawText());
    }

    private async Task<Delivery> SendAsync(Outgoing message) => await _messenger.SendAsync(Bot, 5, message, None);

    private TelegramMessenger Messenger(Uri url) => new(new BotApiClient(_http, url, _clock), new OneToken(), NullLogger<TelegramMessenger>.Instance);

    private sealed class OneToken : IBotTokens
    {
        public ValueTask<string?> TokenAsync(BotId bot, CancellationToken cancellation) =>
            ValueTask.FromResult(bot == Bot ? FakeBotApi.Token.Value : null);
    }
}
