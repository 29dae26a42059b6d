using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Support.Contracts;
using Support.Telegram;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class BotApiClientTests : IAsyncLifetime
{
    private static readonly BotToken Token = FakeBotApi.Token;
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly HttpClient _http = BotApiConnections.CreateClient();
    private FakeBotApi _telegram = null!;

    public async ValueTask InitializeAsync() => _telegram = await FakeBotApi.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _telegram.DisposeAsync();
    }

    [Fact]
    public async Task The_bot_tells_who_it_is()
    {
        _telegram.Answers("getMe", FakeBotApi.Ok("""{"id":123456,"is_bot":true,"first_name":"Desk","username":"desk_bot","can_read_all_group_messages":true,"new_in_2031":{}}"""));

        Assert.Equal(new ApiResult<BotProfile>.Ok(new BotProfile(123456, "Desk", "desk_bot", false, true)), await Client().GetMeAsync(Token, None));
    }

    [Fact]
    public async Task A_webhook_is_set_with_its_secret_and_the_kinds_the_desk_reads()
    {
        _telegram.Answers("setWebhook", FakeBotApi.Ok("true"));

        await Client().SetWebhookAsync(Token, new Uri("https://support.example.com/telegram/a/1"), "g1_abc", None);

        var call = await _telegram.CallAsync("setWebhook");
        Assert.Equal("https://support.example.com/telegram/a/1", call.GetProperty("url").GetString());
        Assert.Equal("g1_abc", call.GetProperty("secret_token").GetString());
        Assert.Equal(40, call.GetProperty("max_connections").GetInt32());
        Assert.Equal("""["message","edited_message","callback_query","my_chat_member"]""", call.GetProperty("allowed_updates").GetRawText());
    }

    [Fact]
    public async Task What_can_be_repeated_is_repeated_after_the_pause_telegram_asks_for()
    {
        var clock = new ManualClock();
        _telegram.Answers("getMe", FakeBotApi.Error(429, "Too Many Requests: retry after 3", """{"retry_after":3}"""), FakeBotApi.Ok("""{"id":1,"first_name":"D","username":"d"}"""));

        var asked = Client(clock: clock).GetMeAsync(Token, None);
        clock.Advance(await clock.ArmedAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.6)));

        Assert.IsType<ApiResult<BotProfile>.Ok>(await asked);
        Assert.Equal(2, _telegram.CountOf("getMe"));
    }

    [Fact]
    public async Task A_refusal_is_not_repeated()
    {
        _telegram.Answers("getChat", FakeBotApi.Error(400, "Bad Request: chat not found"));

        var result = await Client().GetChatAsync(Token, 5, None);

        Assert.Equal("400 Bad Request: chat not found", result.Problem);
        Assert.Equal(1, _telegram.CountOf("getChat"));
    }

    [Fact]
    public async Task A_pause_too_long_to_wait_for_is_handed_back()
    {
        _telegram.Answers("getMe", FakeBotApi.Error(429, "Too Many Requests: retry after 600", """{"retry_after":600}"""));

        var result = Assert.IsType<ApiResult<BotProfile>.Error>(await Client().GetMeAsync(Token, None));

        Assert.Equal(TimeSpan.FromMinutes(10), result.RetryAfter);
    }

    [Fact]
    public async Task A_proxy_that_answers_in_telegrams_place_is_no_answer()
    {
        _telegram.Handles("getUpdates", (context, _) =>
        {
            context.Response.StatusCode = 502;
            return context.Response.WriteAsync("<html>Bad Gateway</html>");
        });

        var result = await Client().GetUpdatesAsync(Token, 0, TimeSpan.Zero, None);

        Assert.Equal("getUpdates: 502 HTTP 502 without the Bot API's JSON", Assert.IsType<ApiResult<IReadOnlyList<RawUpdate>>.InDoubt>(result).Description);
    }

    [Fact]
    public async Task An_answer_of_another_shape_leaves_the_call_in_doubt()
    {
        _telegram.Answers("getMe", FakeBotApi.Ok("""{"id":"one"}"""));

        Assert.IsType<ApiResult<BotProfile>.InDoubt>(await Client().GetMeAsync(Token, None));
    }

    [Fact]
    public async Task Updates_come_as_telegram_wrote_them()
    {
        _telegram.Answers("getUpdates", FakeBotApi.Ok("""[{"update_id":5,"message":{"text":"\u041f"}},{"update_id":6,"kind_of_2031":{}}]"""));

        var result = Assert.IsType<ApiResult<IReadOnlyList<RawUpdate>>.Ok>(await Client().GetUpdatesAsync(Token, 5, TimeSpan.FromSeconds(50), None));

        Assert.Equal([5, 6], result.Value.Select(update => update.Id));
        Assert.Equal("""{"update_id":5,"message":{"text":"\u041f"}}"""u8, result.Value[0].Json.Span);
        var call = await _telegram.CallAsync("getUpdates");
        Assert.Equal((5, 50, 100), (call.GetProperty("offset").GetInt32(), call.GetProperty("timeout").GetInt32(), call.GetProperty("limit").GetInt32()));
    }

    [Fact]
    public async Task A_batch_with_an_update_that_cannot_be_confirmed_is_not_taken()
    {
        _telegram.Answers("getUpdates", FakeBotApi.Ok("""[{"update_id":5},{"update_id":"six"}]"""));

        Assert.IsType<ApiResult<IReadOnlyList<RawUpdate>>.InDoubt>(await Client().GetUpdatesAsync(Token, 5, TimeSpan.Zero, None));
    }

    [Fact]
    public async Task Nobody_listening_means_nothing_was_sent()
    {
        var result = await Client(url: FreeAddress()).GetUpdatesAsync(Token, 0, TimeSpan.Zero, None);

        Assert.IsType<ApiResult<IReadOnlyList<RawUpdate>>.Unreachable>(result);
    }

    [Fact]
    public async Task A_connection_that_breaks_after_the_call_leaves_it_in_doubt()
    {
        _telegram.Handles("getUpdates", (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var result = await Client().GetUpdatesAsync(Token, 0, TimeSpan.Zero, None);

        Assert.IsType<ApiResult<IReadOnlyList<RawUpdate>>.InDoubt>(result);
        Assert.Equal(1, _telegram.CountOf("getUpdates"));
    }

    [Fact]
    public async Task The_token_appears_in_no_message_whatever_fails()
    {
        var broken = FakeBotApi.Error(400, $"Bad Request: no such address /bot{Token.Value}/getChat");
        _telegram.Answers("getChat", broken);
        string[] problems =
        [
            (await Client().GetChatAsync(Token, 1, None)).Problem,
            (await Client(url: FreeAddress()).GetUpdatesAsync(Token, 0, TimeSpan.Zero, None)).Problem,
            (await Client(url: new Uri("http://nowhere.invalid")).GetUpdatesAsync(Token, 0, TimeSpan.Zero, None)).Problem,
            (await Client().DownloadAsync(Token, "missing", 10, None)).Problem,
            $"{Token}",
            $"{new ApiResult<BotToken>.Ok(Token)}",
        ];

        Assert.All(problems, problem =>
        {
            Assert.NotEmpty(problem);
            Assert.DoesNotContain("secret_TOKEN", problem, StringComparison.Ordinal);
        });
        Assert.Contains("123456:***", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_appears_in_no_trace()
    {
        var traced = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (traced)
                    traced.Add(string.Join(' ', activity.TagObjects.Select(tag => tag.Value)));
            },
        };
        ActivitySource.AddActivityListener(listener);
        _telegram.Answers("getMe", FakeBotApi.Ok("""{"id":1,"first_name":"D","username":"d"}"""));

        await Client().GetMeAsync(Token, None);

        lock (traced)
            // Kestrel of the fake sees the path; what is asked is whether our side of the call is traced.
            Assert.DoesNotContain(traced, tags => tags.Contains($"{_telegram.Url.Port}/bot{Token.Value}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_is_the_callers_own_exception()
    {
        _telegram.Handles("getUpdates", (context, _) => _telegram.HoldAsync(context));
        using var stop = new CancellationTokenSource();
        var asked = Client().GetUpdatesAsync(Token, 0, TimeSpan.FromSeconds(50), stop.Token);
        await _telegram.CallAsync("getUpdates");

        await stop.CancelAsync();

        var exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        Assert.DoesNotContain("secret_TOKEN", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_are_set_for_a_language_and_a_chat()
    {
        _telegram.Answers("setMyCommands", FakeBotApi.Ok("true"));

        await Client().SetMyCommandsAsync(Token, [new BotCommand("help", "Справка")], "ru", -5, None);

        var call = await _telegram.CallAsync("setMyCommands");
        Assert.Equal("""{"commands":[{"command":"help","description":"Справка"}],"scope":{"type":"chat","chat_id":-5},"language_code":"ru"}""", call.GetRawText());
    }

    private BotApiClient Client(Uri? url = null, TimeProvider? clock = null) => new(_http, url ?? _telegram.Url, clock ?? TimeProvider.System);

    private static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
