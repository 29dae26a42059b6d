namespace Support.Tenants;

/// <summary>Where the chat client gets a bot's token from.</summary>
public interface IBotTokens
{
    /// <summary>Null when there is no such bot.</summary>
    ValueTask<string?> TokenAsync(BotId bot, CancellationToken cancellation);
}
