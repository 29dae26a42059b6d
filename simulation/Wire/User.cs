namespace Support.Simulation.Wire;

public sealed record User(long Id, bool IsBot, string FirstName)
{
    public string? LastName { get; init; }

    public string? Username { get; init; }

    public string? LanguageCode { get; init; }
}

/// <summary>The answer to getMe: a User with what only the bot itself is told.</summary>
public sealed record BotUser(long Id, bool IsBot, string FirstName, string Username)
{
    public bool CanJoinGroups { get; init; } = true;

    public bool CanReadAllGroupMessages { get; init; }

    public bool SupportsInlineQueries { get; init; }
}
