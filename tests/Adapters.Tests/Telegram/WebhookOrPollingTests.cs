using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Support.Contracts;
using Support.Telegram;
using Support.Telegram.Updates;
using Support.Tenants;
using Xunit;

namespace Support.Tests.Telegram;

public sealed class WebhookOrPollingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly WebhookAddress Address = WebhookAddress.Of(
        new Uri("https://support.example.com/desk/"), TenantId.Parse("6f1d7c0e-1f1f-4f0e-9a55-0d6b2f3a4c11"), FakeBotApi.Token.Bot, "g1_x");

    private readonly HttpClient _http = BotApiConnections.CreateClient();
    private readonly ManualClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<WebhookNotice> _notices = Channel.CreateUnbounded<WebhookNotice>();
    private FakeBotApi _telegram = null!;
    private Task _running = Task.CompletedTask;
    private volatile bool _addressAnswers;
    private volatile bool _webhookFails;

    public async ValueTask InitializeAsync()
    {
        _telegram = await FakeBotApi.StartAsync();
        _telegram.Answers("setWebhook", FakeBotApi.Ok("true"));
        _telegram.Handles("getUpdates", (context, _) => _telegram.HoldAsync(context));
        _telegram.Handles("getWebhookInfo", (context, _) => context.Response.WriteAsync(FakeBotApi.Ok(
            $$"""{"url":"{{Address.Url.AbsoluteUri}}","has_custom_certificate":false,"pending_update_count":2{{(_webhookFails ? LastError() : "")}} }""")));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _http.Dispose();
        await _telegram.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Without_a_public_address_the_bot_is_polled()
    {
        Start(webhook: null);

        await _telegram.CallAsync("getUpdates");
        Assert.Equal(0, _telegram.CountOf("setWebhook"));
    }

    [Fact]
    public async Task With_one_the_webhook_is_registered_for_this_tenant_and_bot()
    {
        Start(Address);

        var call = await _telegram.CallAsync("setWebhook");
        Assert.Equal("https://support.example.com/desk/telegram/6f1d7c0e-1f1f-4f0e-9a55-0d6b2f3a4c11/123456", call.GetProperty("url").GetString());
        Assert.Equal("g1_x", call.GetProperty("secret_token").GetString());
    }

    [Fact]
    public async Task A_webhook_that_fails_for_five_minutes_is_replaced_by_polling_until_the_address_answers()
    {
        _webhookFails = true;
        Start(Address);
        await _telegram.CallAsync("setWebhook");

        await PassUntilNoticeAsync(_telegram, "getWebhookInfo");
        Assert.Equal(new WebhookNotice.PollingInstead("Connection refused"), await NextNoticeAsync());
        await _telegram.CallAsync("getUpdates");

        _webhookFails = false;
        await PassIntervalAsync();
        await PassIntervalAsync();
        _addressAnswers = true;
        await PassIntervalAsync();

        await _telegram.CallAsync("setWebhook");
        Assert.IsType<WebhookNotice.WebhookAgain>(await NextNoticeAsync());
    }

    [Fact]
    public async Task A_webhook_telegram_refuses_is_told_once_and_polled()
    {
        _addressAnswers = true;
        _telegram.Answers("setWebhook", FakeBotApi.Error(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook"));
        Start(Address);

        Assert.Equal(new WebhookNotice.PollingInstead("400 Bad Request: bad webhook: HTTPS url must be provided for webhook"), await NextNoticeAsync());
        await _telegram.CallAsync("setWebhook");
        await _telegram.CallAsync("getUpdates");
        await PassIntervalAsync();
        await _telegram.CallAsync("setWebhook");
        await _telegram.CallAsync("getUpdates");

        Assert.False(_notices.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_webhook_somebody_changed_is_registered_again()
    {
        _telegram.Answers("getWebhookInfo", FakeBotApi.Ok("""{"url":"https://elsewhere.example.com","has_custom_certificate":false,"pending_update_count":0}"""));
        Start(Address);
        await _telegram.CallAsync("setWebhook");

        await PassIntervalAsync();

        await _telegram.CallAsync("setWebhook");
    }

    [Fact]
    public async Task The_probe_knows_an_address_that_answers_from_one_that_does_not()
    {
        _running = Task.FromCanceled(new CancellationToken(canceled: true));
        var probe = new AddressProbe(_http, _clock);

        Assert.False(await probe.AnswersAsync(_telegram.Url, CancellationToken.None));
        _telegram.Handles("health", (context, _) => context.Response.WriteAsync("ok"));
        Assert.True(await probe.AnswersAsync(_telegram.Url, CancellationToken.None));
        Assert.False(await probe.AnswersAsync(new Uri("http://nowhere.invalid"), CancellationToken.None));
    }

    private void Start(WebhookAddress? webhook)
    {
        var api = new BotApiClient(_http, _telegram.Url, _clock);
        var source = new UpdateSource
        {
            Token = FakeBotApi.Token,
            Webhook = webhook,
            Received = (_, _) => ValueTask.CompletedTask,
            AddressAnswers = _ => ValueTask.FromResult(_addressAnswers),
            Notify = (notice, cancellation) => _notices.Writer.WriteAsync(notice, cancellation),
        };
        _running = new WebhookOrPolling(
            api,
            new WebhookRegistration(api, _clock, NullLogger<WebhookRegistration>.Instance),
            new LongPolling(api, _clock, NullLogger<LongPolling>.Instance),
            _clock,
            NullLogger<WebhookOrPolling>.Instance).RunAsync(source, _stop.Token);
    }

    private async Task PassIntervalAsync()
    {
        await _clock.ArmedAsync(Interval);
        _clock.Advance(Interval);
    }

    private async Task PassUntilNoticeAsync(FakeBotApi telegram, string method)
    {
        while (!_notices.Reader.TryPeek(out _))
        {
            await PassIntervalAsync();
            await telegram.CallAsync(method);
            await Task.WhenAny(_clock.ArmedAsync(Interval), _notices.Reader.WaitToReadAsync().AsTask());
        }
    }

    private string LastError() => $$""","last_error_date":{{(_clock.GetUtcNow() - TimeSpan.FromSeconds(5)).ToUnixTimeSeconds()}},"last_error_message":"Connection refused" """;

    private async Task<WebhookNotice> NextNoticeAsync() => await _notices.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
