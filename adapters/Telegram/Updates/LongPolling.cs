using Microsoft.Extensions.Logging;

namespace Support.Telegram.Updates;

/// <summary>
/// Fetches a bot's updates. Asking for the next ones tells Telegram to forget the last ones, so it asks only after they
/// were durably queued; what a crash leaves between the two comes a second time. Run by one lease holder per bot.
/// </summary>
public sealed partial class LongPolling(BotApiClient api, TimeProvider clock, ILogger<LongPolling> logger)
{
    public async Task RunAsync(BotToken token, UpdatesReceived received, CancellationToken cancellation)
    {
        var backoff = new Backoff();
        var offset = 0L;
        while (true)
        {
            var result = await api.GetUpdatesAsync(token, offset, BotApiClient.LongestPoll, cancellation);
            if (result is ApiResult<IReadOnlyList<RawUpdate>>.Ok { Value: var updates })
            {
                if (updates.Count == 0 || await HandOverAsync(token, updates, received, cancellation))
                {
                    offset = updates.Count == 0 ? offset : updates[^1].Id + 1;
                    backoff.Reset();
                    continue;
                }
            }

            await Task.Delay(await PauseAfterAsync(token, result, backoff, cancellation), clock, cancellation);
        }
    }

    private async Task<bool> HandOverAsync(BotToken token, IReadOnlyList<RawUpdate> updates, UpdatesReceived received, CancellationToken cancellation)
    {
        try
        {
            await received(updates, cancellation);
            return true;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // Whatever kept them from the queue: Telegram still has them and gives them out again.
            Log.NotQueued(logger, e, token, updates.Count);
            return false;
        }
    }

    private async Task<TimeSpan> PauseAfterAsync(BotToken token, ApiResult<IReadOnlyList<RawUpdate>> result, Backoff backoff, CancellationToken cancellation)
    {
        switch (result)
        {
            case ApiResult<IReadOnlyList<RawUpdate>>.Ok:
                return backoff.Next();
            case ApiResult<IReadOnlyList<RawUpdate>>.Error { Code: 409 } error when error.Description.Contains("webhook", StringComparison.OrdinalIgnoreCase):
                await DeleteWebhookAsync(token, cancellation);
                return backoff.Next();
            case ApiResult<IReadOnlyList<RawUpdate>>.Error { Code: 409 }:
                Log.SomebodyElsePolls(logger, token);
                return Backoff.Longest;
            case ApiResult<IReadOnlyList<RawUpdate>>.Error { RetryAfter: { } pause }:
                return pause;
            case ApiResult<IReadOnlyList<RawUpdate>>.Error { Code: 401 or 404 }:
                Log.TokenRefused(logger, token);
                return Backoff.Longest;
            default:
                Log.NoUpdates(logger, token, result.Problem);
                return backoff.Next();
        }
    }

    /// <summary>Whoever gave this desk the bot's token wants the updates here; Telegram gives them to one place only.</summary>
    private async Task DeleteWebhookAsync(BotToken token, CancellationToken cancellation)
    {
        var info = await api.GetWebhookInfoAsync(token, cancellation);
        var host = info is ApiResult<WebhookState>.Ok { Value: { Url: var text } } && Uri.TryCreate(text, UriKind.Absolute, out var url) ? url.Host : "an unknown address";
        var deleted = await api.DeleteWebhookAsync(token, cancellation);
        if (deleted is ApiResult<bool>.Ok)
            Log.WebhookDeleted(logger, token, host);
        else
            Log.NoUpdates(logger, token, deleted.Problem);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Count} updates of bot {Bot} could not be queued and will be fetched again.")]
        public static partial void NotQueued(ILogger logger, Exception exception, BotToken bot, int count);

        [LoggerMessage(2, LogLevel.Warning, "Another program polls bot {Bot}. Stop it, or give it another token: Telegram gives each update to one of them only.")]
        public static partial void SomebodyElsePolls(ILogger logger, BotToken bot);

        [LoggerMessage(3, LogLevel.Error, "Telegram refuses the token of bot {Bot}. Was it revoked? Set the new one from @BotFather.")]
        public static partial void TokenRefused(ILogger logger, BotToken bot);

        [LoggerMessage(4, LogLevel.Warning, "No updates of bot {Bot}: {Problem}")]
        public static partial void NoUpdates(ILogger logger, BotToken bot, string problem);

        [LoggerMessage(5, LogLevel.Information, "Bot {Bot} is polled now; its webhook at {Host} was deleted.")]
        public static partial void WebhookDeleted(ILogger logger, BotToken bot, string host);
    }
}
