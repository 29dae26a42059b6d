namespace Support.Conversations;

/// <summary>What one update says, in the desk's own words. Made from Telegram's JSON by the adapter; nothing here knows the wire.</summary>
public abstract record Incoming
{
    private Incoming() { }

    /// <summary>A new message, of any kind.</summary>
    public sealed record MessageReceived(IncomingMessage Message) : Incoming;

    /// <summary>A new version of a message. The first version may be unknown (it may still be under way).</summary>
    public sealed record MessageEdited(IncomingMessage Message) : Incoming;

    /// <summary>A button under one of the bot's messages. <paramref name="MessageId"/> is null when Telegram no longer knows the message.</summary>
    public sealed record ButtonPressed(string QueryId, Sender From, Chat? Chat, long? MessageId, long? Thread, string Data) : Incoming;

    /// <summary>The bot's own membership of a chat changed (my_chat_member): blocked or started by a user, added to or removed from a group, rights given or taken.</summary>
    public sealed record MembershipChanged(Chat Chat, Sender By, BotStanding Before, BotStanding Now) : Incoming;

    /// <summary>A kind of update the desk has no use for. Acknowledged and counted.</summary>
    public sealed record Unused(string Kind) : Incoming;
}

public enum ChatKind { Private, Group, Supergroup, Channel }

/// <param name="Title">The group's title; null in private chats.</param>
public sealed record Chat(long Id, ChatKind Kind, string? Title, bool IsForum);

public sealed record Sender(long Id, string FirstName, string? LastName, string? Username, string? LanguageCode, bool IsBot)
{
    public string FullName => LastName is null ? FirstName : $"{FirstName} {LastName}";
}

public sealed record IncomingMessage(
    Chat Chat,
    Sender From,
    long MessageId,
    long? Thread,
    DateTimeOffset SentAt)
{
    /// <summary>The text, or a medium's caption; null when there is neither.</summary>
    public string? Text { get; init; }

    /// <summary>A command at the very start of the text, lower case and without slash and @username ("start"); null if there is none or it is meant for another bot.</summary>
    public string? Command { get; init; }

    /// <summary>What follows the command ("code" in "/start code"); empty if nothing.</summary>
    public string CommandArgument { get; init; } = "";

    /// <summary>Null for plain text.</summary>
    public Medium? Medium { get; init; }

    /// <summary>The message this one replies to, in the same chat.</summary>
    public RepliedTo? ReplyTo { get; init; }

    /// <summary>The bot is named in the text (@username or a text mention).</summary>
    public bool MentionsBot { get; init; }

    /// <summary>Telegram turned the group into a supergroup with this id.</summary>
    public long? MigratedTo { get; init; }

    /// <summary>A service message (joined, left, pinned, topic created …): nothing a person wrote.</summary>
    public bool IsService { get; init; }

    /// <summary>Messages sent together as one album share this.</summary>
    public string? AlbumId { get; init; }
}

/// <param name="FromIsBot">The message was written by a bot.</param>
public sealed record RepliedTo(long MessageId, long? FromId, bool FromIsBot);

public enum MediumKind { Photo, Document, Voice, Audio, Video, VideoNote, Animation, Sticker, Location, Contact, Poll, Other }

/// <param name="FileId">For getFile and for sending on; null for kinds without a file.</param>
/// <param name="Size">Bytes, where Telegram says it.</param>
public sealed record Medium(MediumKind Kind, string? FileId, string? FileName, string? MediaType, long? Size)
{
    /// <summary>The same for the same file at all times, where a <see cref="FileId"/> may change.</summary>
    public string? UniqueId { get; init; }

    /// <summary>How long it plays, where Telegram says it.</summary>
    public int? Seconds { get; init; }
}

public enum BotRole { Absent, Member, Administrator }

/// <summary>What the bot is and may do in a chat.</summary>
/// <param name="CanManageTopics">Only meaningful for administrators of forums.</param>
public sealed record BotStanding(BotRole Role, bool CanManageTopics, bool CanDeleteMessages, bool CanPinMessages)
{
    public static readonly BotStanding Absent = new(BotRole.Absent, false, false, false);
}
