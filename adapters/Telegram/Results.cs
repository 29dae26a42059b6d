using System.Text.Json.Serialization;

namespace Support.Telegram;

/// <summary>The bot itself (getMe).</summary>
/// <param name="CanReadAllGroupMessages">Privacy mode is off: the bot sees what is not addressed to it.</param>
public sealed record BotProfile(long Id, string FirstName, string Username, bool CanJoinGroups = false, bool CanReadAllGroupMessages = false);

/// <summary>What Telegram says of the webhook (getWebhookInfo).</summary>
/// <param name="Url">Empty when none is set.</param>
/// <param name="LastErrorDate">Unix seconds; stays after the error is over.</param>
public sealed record WebhookState(string Url, int PendingUpdateCount = 0, long? LastErrorDate = null, string? LastErrorMessage = null)
{
    [JsonIgnore]
    public DateTimeOffset? LastErrorAt => LastErrorDate is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}

/// <summary>A file ready for download (getFile).</summary>
public sealed record StoredFile(string FileId, long? FileSize = null, string? FilePath = null);

/// <param name="Command">1–32 of a–z, 0–9 and _, without the slash.</param>
public sealed record BotCommand(string Command, string Description);

/// <summary>One update as Telegram wrote it.</summary>
public sealed record RawUpdate(long Id, ReadOnlyMemory<byte> Json);
