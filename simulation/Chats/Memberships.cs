using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>People and bots coming, going, blocking and being given rights.</summary>
internal sealed class Memberships(World world, Postings postings, UpdateFeed feed)
{
    /// <summary>The bot is told by my_chat_member. In a private chat "kicked" means blocked, "member" that it may write.</summary>
    public void ChangeBot(Room room, Bot bot, ChatMember now, User by)
    {
        var before = room.Bots.GetValueOrDefault(bot.Id) ?? ChatMember.Of(ChatMember.Left, bot.User);
        if (before == now)
            return;
        room.Bots[bot.Id] = now;
        world.Commit(room);
        feed.Emit(bot, number => new Update(number)
        {
            MyChatMember = new ChatMemberUpdated(room.Chat, by, world.Now.ToUnixTimeSeconds(), before, now),
        });
        if (!room.IsPrivate && !before.IsPresent && now.IsPresent)
            postings.Announce(room, postings.Add(room, new Message(0, 0, room.Chat) { From = by, NewChatMembers = [bot.User] }));
    }

    /// <summary>Pressing Start for the first time is no change of membership to Telegram: only the message that comes with it is an update.</summary>
    public void Start(Room room, Bot bot, User by)
    {
        switch (room.Bots.GetValueOrDefault(bot.Id))
        {
            case { Status: ChatMember.Member }:
                return;
            case { Status: ChatMember.Kicked }:
                ChangeBot(room, bot, ChatMember.Of(ChatMember.Member, bot.User), by);
                return;
            default:
                room.Bots[bot.Id] = ChatMember.Of(ChatMember.Member, bot.User);
                world.Commit(room);
                return;
        }
    }

    public void ChangePerson(Room room, User person, string status)
    {
        var wasPresent = room.People.GetValueOrDefault(person.Id) is { IsPresent: true };
        room.People[person.Id] = ChatMember.Of(status, person);
        world.Commit(room);
        var isPresent = room.People[person.Id].IsPresent;
        if (room.IsPrivate || wasPresent == isPresent)
            return;
        var notice = new Message(0, 0, room.Chat) { From = person };
        notice = isPresent ? notice with { NewChatMembers = [person] } : notice with { LeftChatMember = person };
        postings.Announce(room, postings.Add(room, notice));
    }
}
