using Support.Simulation.Wire;

namespace Support.Simulation;

internal sealed class MembershipControl(Rooms rooms, Memberships memberships)
{
    private static readonly string[] Statuses = [ChatMember.Creator, ChatMember.Administrator, ChatMember.Member, ChatMember.Left, ChatMember.Kicked];

    public void Apply(MembershipChange change)
    {
        if (!Statuses.Contains(change.Status))
            throw Refusal.BadRequest($"status is one of {string.Join(", ", Statuses)}, not \"{change.Status}\"");
        if (change.User is { } person)
            ChangePerson(change, person);
        else if (change.Bot is { } bot)
            ChangeBot(change, rooms.Bot(bot));
        else
            throw Refusal.BadRequest("say whom it concerns: \"user\":{\"id\":…} or \"bot\":true");
    }

    private void ChangePerson(MembershipChange change, SimulatedUser person)
    {
        var room = rooms.Existing(change.Chat, change.Bot);
        if (room.IsPrivate)
            throw Refusal.BadRequest($"chat {change.Chat} is private; to block the bot there say \"bot\":true");
        memberships.ChangePerson(room, rooms.Known(person), change.Status);
    }

    private void ChangeBot(MembershipChange change, Bot bot)
    {
        var room = change.Chat > 0 ? rooms.Open(change.Chat, new SimulatedUser(change.Chat), bot.Id) : rooms.OpenGroup(change.Chat);
        if (room.IsPrivate && change.Status is not (ChatMember.Member or ChatMember.Kicked))
            throw Refusal.BadRequest($"in a private chat the bot's status is member or kicked, not \"{change.Status}\"");
        var actor = change.By is { } named ? rooms.Person(room, named)
            : room.IsPrivate ? rooms.Person(room, new SimulatedUser(change.Chat))
            : room.People.Values.FirstOrDefault(member => member.IsAdministrator)?.User ?? bot.User;
        memberships.ChangeBot(room, bot, Standing(change, bot.User), actor);
    }

    private static ChatMember Standing(MembershipChange change, User bot)
    {
        var standing = ChatMember.Of(change.Status, bot);
        return standing.Status != ChatMember.Administrator ? standing : standing with
        {
            CanManageTopics = change.CanManageTopics ?? true,
            CanDeleteMessages = change.CanDeleteMessages ?? true,
            CanPinMessages = change.CanPinMessages ?? true,
        };
    }
}
