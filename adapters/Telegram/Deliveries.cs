using Support.Conversations;

namespace Support.Telegram;

/// <summary>What Telegram's answers mean for a message that had to go out. It tells its errors apart by their words only.</summary>
internal static class Deliveries
{
    private static readonly TimeSpan UnsaidPause = TimeSpan.FromSeconds(1);

    private static readonly string[] Unchanged = ["message is not modified", "TOPIC_NOT_MODIFIED"];
    private static readonly string[] Entities = ["can't parse entities", "ENTITY_", "ENTITIES_"];
    private static readonly string[] Topic = ["message thread not found", "TOPIC_DELETED", "TOPIC_CLOSED", "TOPIC_ID_INVALID"];
    private static readonly string[] Chat =
    [
        "chat not found", "user not found", "PEER_ID_INVALID", "group chat was deactivated", "group chat was deleted", "user is deactivated",
        "CHAT_WRITE_FORBIDDEN", "CHAT_RESTRICTED", "CHANNEL_PRIVATE", "not enough rights to send", "have no rights to send",
    ];

    /// <param name="unchanged">The id to report when there was nothing to change.</param>
    public static Delivery Of<T>(ApiResult<T> result, Func<T, long> messageId, long unchanged = 0) => result switch
    {
        ApiResult<T>.Ok ok => new Delivery.Delivered(messageId(ok.Value)),
        ApiResult<T>.Unreachable unreachable => new Delivery.Unreachable(unreachable.Description),
        ApiResult<T>.InDoubt doubt => new Delivery.InDoubt(doubt.Description),
        ApiResult<T>.Error error => Of(error.Code, error.Description, error.RetryAfter, error.MigrateTo, unchanged),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static Delivery Of(int code, string description, TimeSpan? retryAfter, long? migrateTo, long unchanged) => code switch
    {
        _ when migrateTo is { } chat => new Delivery.Moved(chat),
        429 => new Delivery.Wait(retryAfter is { } pause && pause > TimeSpan.Zero ? pause : UnsaidPause),
        403 => new Delivery.ChatGone(description),
        400 when Says(description, Unchanged) => new Delivery.Delivered(unchanged),
        400 when Says(description, Entities) => new Delivery.BadEntities(description),
        400 when Says(description, Topic) => new Delivery.TopicGone(description),
        400 when Says(description, Chat) => new Delivery.ChatGone(description),
        _ => new Delivery.Refused(code, description),
    };

    private static bool Says(string description, string[] words) =>
        Array.Exists(words, word => description.Contains(word, StringComparison.OrdinalIgnoreCase));
}
