namespace Support.Simulation.Wire;

public sealed record ForumTopic(long MessageThreadId, string Name, int IconColor)
{
    public string? IconCustomEmojiId { get; init; }
}

public sealed record ForumTopicCreated(string Name, int IconColor)
{
    public string? IconCustomEmojiId { get; init; }
}

public sealed record ForumTopicEdited
{
    public string? Name { get; init; }

    public string? IconCustomEmojiId { get; init; }
}

public sealed record ForumTopicClosed;

public sealed record ForumTopicReopened;
