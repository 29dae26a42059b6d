namespace Support.Simulation.Wire;

/// <param name="Type">private, group or supergroup.</param>
public sealed record Chat(long Id, string Type)
{
    public string? Title { get; init; }

    public string? Username { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public bool? IsForum { get; init; }
}

/// <summary>The answer to getChat, with the members Telegram always sends.</summary>
public sealed record ChatFullInfo(long Id, string Type)
{
    public string? Title { get; init; }

    public string? Username { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public bool? IsForum { get; init; }

    public int AccentColorId { get; init; }

    public int MaxReactionCount { get; init; } = 11;

    public AcceptedGiftTypes AcceptedGiftTypes { get; init; } = new();

    public Message? PinnedMessage { get; init; }
}

public sealed record AcceptedGiftTypes
{
    public bool UnlimitedGifts { get; init; }

    public bool LimitedGifts { get; init; }

    public bool UniqueGifts { get; init; }

    public bool PremiumSubscription { get; init; }

    public bool GiftsFromChannels { get; init; }
}
