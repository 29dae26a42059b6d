using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>
/// One change of the simulated world, and one line of its journal: exactly one member is set. <see cref="World.Commit"/> is the
/// only way to change what must last, and reading the journal back applies the same entries.
/// </summary>
internal sealed record JournalEntry
{
    public BotState? Bot { get; init; }

    public RoomState? Room { get; init; }

    public TopicState? Topic { get; init; }

    public MessageState? Message { get; init; }

    public MessageRemoved? MessageRemoved { get; init; }

    public UpdateEmitted? Update { get; init; }

    public UpdateSettled? Settled { get; init; }

    public StoredFile? File { get; init; }

    public PressedButton? Callback { get; init; }
}

internal sealed record BotState(long Id, string Token, string Username, string FirstName)
{
    public Webhook? Webhook { get; init; }

    public IReadOnlyList<string>? AllowedUpdates { get; init; }

    public IReadOnlyList<BotCommand>? Commands { get; init; }

    public WebhookError? LastError { get; init; }

    public long LastUpdateId { get; init; }
}

internal sealed record RoomState(long Bot, Chat Chat, ChatAudience Audience, IReadOnlyList<ChatMember> People, IReadOnlyList<ChatMember> Bots)
{
    public long LastMessageId { get; init; }

    public long? PinnedId { get; init; }

    public long? MigratedTo { get; init; }
}

internal sealed record TopicState(long Chat, Topic Topic)
{
    public bool? Deleted { get; init; }
}

internal sealed record MessageState(long Bot, Message Message);

internal sealed record MessageRemoved(long Bot, long Chat, long MessageId);

/// <param name="Expires">In Unix milliseconds.</param>
internal sealed record UpdateEmitted(long Bot, Update Update, long Expires);

internal sealed record UpdateSettled(long Bot, long UpdateId);
