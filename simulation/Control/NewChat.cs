using System.Text.Json.Serialization;

namespace Support.Simulation;

/// <summary>A chat to create, as JSON. See <see cref="SimulatedChat"/>.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewChat([property: JsonRequired] long Id, [property: JsonRequired] string Title)
{
    public ChatAudience Role { get; init; }

    public IReadOnlyList<SimulatedUser> Members { get; init; } = [];

    public IReadOnlyList<long>? Bots { get; init; }

    public bool Started { get; init; } = true;

    public bool BotIsAdministrator { get; init; } = true;

    public bool IsForum { get; init; }

    public SimulatedChat ToChat() => new(Id, Title)
    {
        Audience = Role,
        Members = Members,
        Bots = Bots,
        Started = Started,
        BotIsAdministrator = BotIsAdministrator,
        IsForum = IsForum,
    };
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewBot([property: JsonRequired] string Token, [property: JsonRequired] string Username, [property: JsonRequired] string FirstName);
