namespace Support.Jobs;

public static class Queues
{
    /// <summary>Raw updates. The only copy of what Telegram sent: durable before the acknowledgement.</summary>
    public const string Updates = "updates";

    /// <summary>Wake-ups for conversations with something due. Lost ones are put again by the sweep.</summary>
    public const string Questions = "questions";

    /// <summary>Wake-ups for chats with something to send. Lost ones are put again by the sweep.</summary>
    public const string Replies = "replies";

    /// <summary>Wake-ups for documents to index. Lost ones are put again by the sweep.</summary>
    public const string Documents = "documents";

    public static readonly IReadOnlyList<string> All = [Updates, Questions, Replies, Documents];

    /// <summary>True when a job must outlive a crash of the queue itself.</summary>
    public static bool IsDurable(string queue) => queue == Updates;
}
