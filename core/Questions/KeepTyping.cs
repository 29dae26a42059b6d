using Microsoft.Extensions.Logging;
using Support.Conversations;
using Support.Tenants;

namespace Support.Questions;

/// <summary>Shows that the bot is typing for as long as an answer takes: Telegram forgets it after five seconds, and models are slow.</summary>
public sealed partial class KeepTyping(IMessenger messenger, TimeProvider clock, ILogger<KeepTyping> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(4);

    /// <summary>What comes of the work; a failure to show is none of it.</summary>
    public async Task<T> WhileAsync<T>(Task<T> work, BotId bot, long chat, long? thread, CancellationToken cancellation)
    {
        while (!work.IsCompleted)
        {
            using var pause = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAny(work, Task.Delay(Every, clock, pause.Token));
            await pause.CancelAsync();
            // Not waited for: the answer may be there before Telegram has heard of it.
            if (!work.IsCompleted && !cancellation.IsCancellationRequested)
                _ = ShowAsync(bot, chat, thread, cancellation);
            else
                break;
        }
        return await work;
    }

    private async Task ShowAsync(BotId bot, long chat, long? thread, CancellationToken cancellation)
    {
        try
        {
            await messenger.ShowTypingAsync(bot, chat, thread, cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Log.NotShown(logger, bot, e.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Bot {Bot} could not show that it is typing ({Problem}).")]
        public static partial void NotShown(ILogger logger, BotId bot, string problem);
    }
}
