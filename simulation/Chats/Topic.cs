namespace Support.Simulation;

/// <summary>A forum topic. Its id is the id of the service message that opened it.</summary>
internal sealed record Topic(long Id, string Name, int IconColor, bool IsClosed)
{
    public string? IconCustomEmojiId { get; init; }
}
