namespace Support.Simulation.Wire;

/// <summary>A Telegram Message. Never changed in place: an edit is a new value, so one may be written out while another is being stored.</summary>
public sealed record Message(long MessageId, long Date, Chat Chat)
{
    public long? MessageThreadId { get; init; }

    public User? From { get; init; }

    public MessageOrigin? ForwardOrigin { get; init; }

    public bool? IsTopicMessage { get; init; }

    public Message? ReplyToMessage { get; init; }

    public long? EditDate { get; init; }

    public bool? HasProtectedContent { get; init; }

    public string? MediaGroupId { get; init; }

    public string? Text { get; init; }

    public IReadOnlyList<MessageEntity>? Entities { get; init; }

    public Document? Document { get; init; }

    public IReadOnlyList<PhotoSize>? Photo { get; init; }

    public Voice? Voice { get; init; }

    public string? Caption { get; init; }

    public IReadOnlyList<MessageEntity>? CaptionEntities { get; init; }

    public IReadOnlyList<User>? NewChatMembers { get; init; }

    public User? LeftChatMember { get; init; }

    public Message? PinnedMessage { get; init; }

    public long? MigrateToChatId { get; init; }

    public long? MigrateFromChatId { get; init; }

    public ForumTopicCreated? ForumTopicCreated { get; init; }

    public ForumTopicEdited? ForumTopicEdited { get; init; }

    public ForumTopicClosed? ForumTopicClosed { get; init; }

    public ForumTopicReopened? ForumTopicReopened { get; init; }

    public InlineKeyboardMarkup? ReplyMarkup { get; init; }

    /// <summary>Joined, left, pinned, topic created …: nothing that somebody wrote, so it can be neither copied nor edited.</summary>
    internal bool IsService() => Text is null && Document is null && Photo is null && Voice is null;
}

public sealed record MessageOrigin(string Type, long Date)
{
    public User? SenderUser { get; init; }
}

public sealed record MessageId([property: System.Text.Json.Serialization.JsonPropertyName("message_id")] long Id);

/// <param name="Offset">In UTF-16 units, like <paramref name="Length"/>.</param>
public sealed record MessageEntity(string Type, int Offset, int Length)
{
    public string? Url { get; init; }

    public User? User { get; init; }

    public string? Language { get; init; }
}
