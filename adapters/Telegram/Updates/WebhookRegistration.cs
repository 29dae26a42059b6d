using Microsoft.Extensions.Logging;

namespace Support.Telegram.Updates;

/// <summary>Tells Telegram where to send a bot's updates. Done at every start: Telegram does not tell whether it still has the right secret.</summary>
public sealed partial class WebhookRegistration(BotApiClient api, TimeProvider clock, ILogger<WebhookRegistration> logger)
{
    /// <returns>Null when Telegram accepted; otherwise why it never will. While it cannot be asked, this goes on trying.</returns>
    public async Task<string?> RunAsync(BotToken token, WebhookAddress address, CancellationToken cancellation)
    {
        var backoff = new Backoff();
        while (true)
        {
            var result = await api.SetWebhookAsync(token, address.Url, address.Secret, cancellation);
            switch (result)
            {
                case ApiResult<bool>.Ok:
                    Log.Registered(logger, token, address.Url.Host);
                    return null;
                case ApiResult<bool>.Error { Code: not 429 } error:
                    Log.Refused(logger, token, address.Url.Host, error.Problem);
                    return error.Problem;
                case ApiResult<bool>.Error { RetryAfter: { } pause }:
                    await Task.Delay(pause, clock, cancellation);
                    break;
                default:
                    Log.NotYet(logger, token, result.Problem);
                    await Task.Delay(backoff.Next(), clock, cancellation);
                    break;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Telegram sends the updates of bot {Bot} to {Host}.")]
        public static partial void Registered(ILogger logger, BotToken bot, string host);

        [LoggerMessage(2, LogLevel.Error, "Telegram refuses the webhook of bot {Bot} at {Host}: {Problem}. Check Support:Telegram:PublicUrl.")]
        public static partial void Refused(ILogger logger, BotToken bot, string host, string problem);

        [LoggerMessage(3, LogLevel.Warning, "The webhook of bot {Bot} is not registered yet: {Problem}")]
        public static partial void NotYet(ILogger logger, BotToken bot, string problem);
    }
}
