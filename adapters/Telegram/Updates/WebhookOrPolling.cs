using Microsoft.Extensions.Logging;

namespace Support.Telegram.Updates;

/// <summary>
/// Keeps the updates of one bot coming: by webhook if the desk has a public address, by polling while Telegram cannot reach
/// it, and back. Run by one lease holder per bot.
/// </summary>
public sealed partial class WebhookOrPolling(
    BotApiClient api,
    WebhookRegistration registration,
    LongPolling polling,
    TimeProvider clock,
    ILogger<WebhookOrPolling> logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Ends only by cancellation.</summary>
    public async Task RunAsync(UpdateSource source, CancellationToken cancellation)
    {
        if (source.Webhook is not { } webhook)
        {
            await polling.RunAsync(source.Token, source.Received, cancellation);
            return;
        }

        var watch = new WebhookWatch(clock);
        var polled = false;
        while (true)
        {
            var problem = await registration.RunAsync(source.Token, webhook, cancellation);
            var accepted = problem is null;
            if (problem is null)
            {
                watch.Registered();
                if (polled)
                    await source.Notify(new WebhookNotice.WebhookAgain(), cancellation);
                problem = await WhileItWorksAsync(source, webhook, watch, cancellation);
            }
            else
            {
                watch.Refused();
            }

            // That a refused webhook is refused again is no news.
            if (accepted || !polled)
            {
                Log.PollingInstead(logger, source.Token, problem);
                await source.Notify(new WebhookNotice.PollingInstead(problem), cancellation);
            }

            polled = true;
            await PollUntilTheAddressAnswersAsync(source, watch, cancellation);
        }
    }

    /// <returns>Why it no longer works.</returns>
    private async Task<string> WhileItWorksAsync(UpdateSource source, WebhookAddress webhook, WebhookWatch watch, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(Interval, clock, cancellation);
            if (await api.GetWebhookInfoAsync(source.Token, cancellation) is not ApiResult<WebhookState>.Ok { Value: var state })
                continue;
            if (state.Url != webhook.Url.AbsoluteUri)
            {
                Log.Replaced(logger, source.Token);
                await registration.RunAsync(source.Token, webhook, cancellation);
                watch.Registered();
            }
            else if (watch.ShouldPoll(state, await source.LastPushed(cancellation)))
            {
                return state.LastErrorMessage ?? "Telegram does not say why";
            }
        }
    }

    private async Task PollUntilTheAddressAnswersAsync(UpdateSource source, WebhookWatch watch, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var updates = polling.RunAsync(source.Token, source.Received, stop.Token);
        try
        {
            do
            {
                // Polling ends by an error of ours only; it must not end unseen.
                if (await Task.WhenAny(updates, Task.Delay(Interval, clock, stop.Token)) == updates)
                    await updates;
                cancellation.ThrowIfCancellationRequested();
            }
            while (!watch.ShouldRegister(await source.AddressAnswers(cancellation)));
        }
        finally
        {
            await stop.CancelAsync();
            // A batch it holds is queued, or comes again through the webhook.
            await updates.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Telegram does not reach the webhook of bot {Bot} ({Problem}); it is polled until the address answers.")]
        public static partial void PollingInstead(ILogger logger, BotToken bot, string problem);

        [LoggerMessage(2, LogLevel.Warning, "Somebody changed the webhook of bot {Bot}; it is registered again. Does another program use the same token?")]
        public static partial void Replaced(ILogger logger, BotToken bot);
    }
}
