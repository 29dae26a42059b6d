using System.Text.Json.Serialization;

namespace Support.Simulation;

/// <summary>Somebody writes, or edits what he wrote.</summary>
/// <param name="Chat">The person's own id for the private chat with a bot; a negative number for a group. What does not exist yet is created.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record UserMessage([property: JsonRequired] long Chat, [property: JsonRequired] SimulatedUser From, [property: JsonRequired] string Text)
{
    public long? ReplyTo { get; init; }

    /// <summary>Whose private chat; the first bot if not said. Of no use in a group.</summary>
    public long? Bot { get; init; }

    public long? Thread { get; init; }

    /// <summary>The message to give this text to, instead of sending a new one.</summary>
    public long? Edit { get; init; }

    public string? LanguageCode { get; init; }
}

/// <summary>Somebody sends a file.</summary>
public sealed record UserFile(long Chat, SimulatedUser From, string Name, byte[] Bytes)
{
    public FileKind Kind { get; init; } = FileKind.Document;

    public string? MediaType { get; init; }

    public string? Caption { get; init; }

    public long? ReplyTo { get; init; }

    public long? Bot { get; init; }

    public long? Thread { get; init; }

    /// <summary>Files with the same one were sent together.</summary>
    public string? Album { get; init; }
}

/// <summary>Somebody presses a button under a bot's message.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ButtonPress([property: JsonRequired] long Chat, [property: JsonRequired] SimulatedUser From, [property: JsonRequired] long MessageId, [property: JsonRequired] string Data)
{
    public long? Bot { get; init; }
}

/// <summary>Somebody joins, leaves, blocks the bot, or is given or loses rights.</summary>
/// <param name="Status">creator, administrator, member, left or kicked. For the bot in a private chat: member or kicked (blocked).</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MembershipChange([property: JsonRequired] long Chat, [property: JsonRequired] string Status)
{
    /// <summary>The person it concerns; leave it out when it concerns a bot.</summary>
    public SimulatedUser? User { get; init; }

    /// <summary>The bot it concerns: true for the first one, or an id.</summary>
    [JsonConverter(typeof(BotReferenceConverter))]
    public long? Bot { get; init; }

    /// <summary>Who did it; in a private chat its person, in a group its creator if not said.</summary>
    public SimulatedUser? By { get; init; }

    /// <summary>For a bot as administrator; true if not said.</summary>
    public bool? CanManageTopics { get; init; }

    public bool? CanDeleteMessages { get; init; }

    public bool? CanPinMessages { get; init; }
}

/// <summary>Somebody opens, closes, reopens or deletes a topic.</summary>
/// <param name="Action">create, close, reopen or delete.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TopicChange([property: JsonRequired] long Chat, [property: JsonRequired] string Action)
{
    public SimulatedUser? From { get; init; }

    public long? Thread { get; init; }

    public string? Name { get; init; }
}

/// <summary>A group becomes a supergroup with a new id, as happens when its settings change.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Migration([property: JsonRequired] long Chat, [property: JsonRequired] long To);

/// <summary>A chat as its people see it in a list.</summary>
/// <param name="Role">customer, admins or editor.</param>
public sealed record ChatSummary(long Id, ChatAudience Role, string Title, IReadOnlyList<ChatPerson> Members)
{
    public string Type { get; init; } = "private";

    public bool IsForum { get; init; }

    /// <summary>Whose private chat it is.</summary>
    public long? Bot { get; init; }
}

public sealed record ChatPerson(long Id, string FirstName);
