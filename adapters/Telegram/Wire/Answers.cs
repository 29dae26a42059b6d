using System.Text.Json;

namespace Support.Telegram.Wire;

/// <summary>What every call is answered with.</summary>
internal sealed record Envelope(bool Ok, JsonElement? Result, int ErrorCode = 0, string? Description = null, ErrorParameters? Parameters = null);

internal sealed record ErrorParameters(int? RetryAfter, long? MigrateToChatId);

internal sealed record SentMessage(long MessageId);

internal sealed record ForumTopic(long MessageThreadId);
