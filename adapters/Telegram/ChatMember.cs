using Support.Conversations;

namespace Support.Telegram;

/// <summary>Somebody's standing in a chat (getChatMember).</summary>
/// <param name="Status">creator, administrator, member, restricted, left or kicked.</param>
/// <param name="IsMember">Only said of the restricted.</param>
public sealed record ChatMember(
    string Status,
    bool IsMember = false,
    bool CanManageTopics = false,
    bool CanDeleteMessages = false,
    bool CanPinMessages = false)
{
    public bool IsAdministrator => Status is "creator" or "administrator";

    public bool IsInChat => IsAdministrator || Status is "member" || (Status is "restricted" && IsMember);

    public BotStanding AsBot() => Status switch
    {
        "creator" => new BotStanding(BotRole.Administrator, true, true, true),
        "administrator" => new BotStanding(BotRole.Administrator, CanManageTopics, CanDeleteMessages, CanPinMessages),
        _ when IsInChat => new BotStanding(BotRole.Member, false, false, false),
        _ => BotStanding.Absent,
    };
}
