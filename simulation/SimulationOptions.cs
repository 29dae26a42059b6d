using System.Text.Json.Serialization;

namespace Support.Simulation;

/// <summary>What a simulated Telegram starts with. Empty lists mean the small support company of <see cref="StartingCompany"/>.</summary>
public sealed class SimulationOptions
{
    /// <summary>Where ids, chats, messages, files and undelivered updates are kept, so that they outlive the process. Null keeps everything in memory.</summary>
    public string? DataFolder { get; set; }

    public IList<SimulatedBot> Bots { get; set; } = [];

    public IList<SimulatedChat> Chats { get; set; } = [];

    /// <summary>Dates of messages, limits, expiry, retries and long polls go by this clock.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Answer 429 above Telegram's sending limits (see <see cref="SendLimits"/>).</summary>
    public bool EnforceLimits { get; set; } = true;

    /// <summary>The longest pause before a failed webhook is tried again. Telegram waits up to a minute; less lets a test that kills its server often end sooner.</summary>
    public TimeSpan LongestWebhookPause { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Messages remembered in each chat; older ones are forgotten. Costs about a kilobyte each.</summary>
    public int MessagesKeptPerChat { get; set; } = 1000;
}

/// <param name="Token">As BotFather gives it: the bot's id, a colon and a secret.</param>
public sealed record SimulatedBot(string Token, string Username, string FirstName)
{
    /// <summary>The number in front of the colon.</summary>
    public long Id { get; } = long.TryParse(Token.AsSpan(0, Math.Max(0, Token.IndexOf(':'))), out var id) && id > 0
        ? id
        : throw new ArgumentException("A bot's token is its numeric id, a colon and a secret, like 900001:ABC; this one has no numeric id.", nameof(Token));
}

/// <param name="FirstName">Empty for somebody the simulation knows already.</param>
[JsonConverter(typeof(SimulatedUserConverter))]
public sealed record SimulatedUser(long Id, string FirstName = "")
{
    public string? LastName { get; init; }

    public string? Username { get; init; }

    public string? LanguageCode { get; init; }
}

/// <summary>Who a chat is for. Telegram knows nothing of it; the try-it page does.</summary>
public enum ChatAudience { Customer, Admins, Editor }

/// <param name="Id">A person's id for a private chat, a negative number for a group (-100… for a supergroup).</param>
public sealed record SimulatedChat(long Id, string Title)
{
    public ChatAudience Audience { get; init; }

    /// <summary>The person of a private chat, or the people of a group. The first one of a group is its creator.</summary>
    public IReadOnlyList<SimulatedUser> Members { get; init; } = [];

    /// <summary>Bots that are in the group, or that the person of a private chat has started. Null means all of them.</summary>
    public IReadOnlyList<long>? Bots { get; init; }

    /// <summary>In a private chat: the person has pressed Start.</summary>
    public bool Started { get; init; } = true;

    /// <summary>In a group: the bots are administrators, with the rights to manage topics, delete and pin.</summary>
    public bool BotIsAdministrator { get; init; } = true;

    public bool IsForum { get; init; }
}
