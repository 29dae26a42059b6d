using Support.Tenants;

namespace Support.Conversations;

/// <summary>The chat service as the desk needs it. The real one and the simulation are the same HTTP client on two addresses.</summary>
public interface IMessenger
{
    /// <summary>Sends once; never retries by itself, because only the outbox knows what a second message would mean.</summary>
    ValueTask<Delivery> SendAsync(BotId bot, long chat, Outgoing message, CancellationToken cancellation);

    /// <summary>Shows "typing …" for up to 5 s. Best effort: a failure is swallowed and counted.</summary>
    ValueTask ShowTypingAsync(BotId bot, long chat, long? thread, CancellationToken cancellation);

    /// <summary>Shows what a message will say, for up to 30 s or until the bot sends one. Private chats only. Best effort.</summary>
    /// <param name="draft">The same for all that is shown of one message; not 0.</param>
    /// <param name="text">Plain; at most 4,096 characters of it are shown.</param>
    /// <returns>False when it was not shown.</returns>
    ValueTask<bool> ShowDraftAsync(BotId bot, long chat, long? thread, long draft, string text, CancellationToken cancellation);

    /// <summary>Ends a button's spinner, with an optional notice of at most 200 characters. Best effort.</summary>
    ValueTask AnswerButtonAsync(BotId bot, string queryId, string? notice, bool alert, CancellationToken cancellation);

    /// <summary>The bytes of a file somebody sent.</summary>
    ValueTask<FileDownload> DownloadAsync(BotId bot, string fileId, long maxBytes, CancellationToken cancellation);

    /// <summary>What the bot is in a chat now, and what the chat is.</summary>
    ValueTask<BotStanding> StandingAsync(BotId bot, long chat, CancellationToken cancellation);

    /// <summary>Leaves a group for good. Best effort.</summary>
    ValueTask LeaveAsync(BotId bot, long chat, CancellationToken cancellation);
}

/// <summary>How an attempt to send ended.</summary>
public abstract record Delivery
{
    private Delivery() { }

    /// <param name="MessageId">The new message's id; the topic's id for <see cref="Outgoing.CreateTopic"/>; 0 where there is none.</param>
    public sealed record Delivered(long MessageId) : Delivery;

    /// <summary>The service asks to wait (429).</summary>
    public sealed record Wait(TimeSpan For) : Delivery;

    /// <summary>The group has a new id (migrate_to_chat_id).</summary>
    public sealed record Moved(long ToChat) : Delivery;

    /// <summary>The HTML was refused: send it again as plain text.</summary>
    public sealed record BadEntities(string Description) : Delivery;

    /// <summary>The topic was deleted or closed: make it anew.</summary>
    public sealed record TopicGone(string Description) : Delivery;

    /// <summary>Blocked, deactivated, kicked, chat not found: nothing will reach this chat.</summary>
    public sealed record ChatGone(string Description) : Delivery;

    /// <summary>Refused for good for another reason; sending it again cannot help.</summary>
    public sealed record Refused(int Code, string Description) : Delivery;

    /// <summary>No answer, or a 5xx. The message may or may not have arrived.</summary>
    public sealed record InDoubt(string Description) : Delivery;

    /// <summary>The connection could not be made: the message did not leave.</summary>
    public sealed record Unreachable(string Description) : Delivery;
}

public abstract record FileDownload
{
    private FileDownload() { }

    public sealed record Complete(byte[] Bytes) : FileDownload;

    public sealed record TooLarge(long Bytes) : FileDownload;

    public sealed record Failed(string Description) : FileDownload;
}
