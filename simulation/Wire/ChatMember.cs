using System.Text.Json.Serialization;

namespace Support.Simulation.Wire;

/// <summary>
/// What somebody is in a chat: creator, administrator, member, left or kicked. Telegram has a type for each; the members
/// that a status does not have are left out of the JSON.
/// </summary>
public sealed record ChatMember(string Status, User User)
{
    public const string Creator = "creator";
    public const string Administrator = "administrator";
    public const string Member = "member";
    public const string Left = "left";
    public const string Kicked = "kicked";

    public bool? CanBeEdited { get; init; }

    public bool? IsAnonymous { get; init; }

    public bool? CanManageChat { get; init; }

    public bool? CanDeleteMessages { get; init; }

    public bool? CanManageVideoChats { get; init; }

    public bool? CanRestrictMembers { get; init; }

    public bool? CanPromoteMembers { get; init; }

    public bool? CanChangeInfo { get; init; }

    public bool? CanInviteUsers { get; init; }

    public bool? CanPostStories { get; init; }

    public bool? CanEditStories { get; init; }

    public bool? CanDeleteStories { get; init; }

    public bool? CanPinMessages { get; init; }

    public bool? CanManageTopics { get; init; }

    public long? UntilDate { get; init; }

    [JsonIgnore]
    public bool IsPresent => Status is Creator or Administrator or Member;

    [JsonIgnore]
    public bool IsAdministrator => Status is Creator or Administrator;

    /// <summary>An administrator with the rights a support bot needs, each of which can be taken away with a "with" expression.</summary>
    public static ChatMember AdministratorOf(User user) => new(Administrator, user)
    {
        CanBeEdited = false,
        IsAnonymous = false,
        CanManageChat = true,
        CanDeleteMessages = true,
        CanManageVideoChats = false,
        CanRestrictMembers = false,
        CanPromoteMembers = false,
        CanChangeInfo = false,
        CanInviteUsers = true,
        CanPostStories = false,
        CanEditStories = false,
        CanDeleteStories = false,
        CanPinMessages = true,
        CanManageTopics = true,
    };

    public static ChatMember Of(string status, User user) => status switch
    {
        Administrator => AdministratorOf(user),
        Creator => new ChatMember(status, user) { IsAnonymous = false },
        Kicked => new ChatMember(status, user) { UntilDate = 0 },
        _ => new ChatMember(status, user),
    };
}
