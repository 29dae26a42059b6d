namespace Support.Tenants;

/// <summary>Where the tokens of the bots are kept. They are encrypted at rest and never leave the process but to Telegram.</summary>
public interface IBotTokens
{
    /// <returns>The bot's token; null when no bot of that id is connected.</returns>
    ValueTask<string?> TokenAsync(BotId bot, CancellationToken cancellation);
}
