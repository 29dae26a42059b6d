using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Finds the chats and people that control names, and creates what is not there yet. Called under the world's gate.</summary>
internal sealed class Rooms(World world)
{
    public Bot Bot(long? id)
    {
        if (id is not (null or BotReferenceConverter.First))
            return world.BotById(id.Value) ?? throw Refusal.BadRequest($"there is no bot {id} here");
        return world.Bots.FirstOrDefault() ?? throw Refusal.BadRequest("there is no bot here yet");
    }

    public Room Existing(long chat, long? bot) =>
        world.Room(RoomKey.For(chat > 0 ? Bot(bot).Id : 0, chat)) ?? throw Refusal.BadRequest($"there is no chat {chat} here");

    public Room Open(long chat, SimulatedUser person, long? bot)
    {
        CheckIsPersons(chat, person);
        var target = Bot(bot);
        var key = RoomKey.For(target.Id, chat);
        if (world.Room(key) is { } room)
            return room;
        if (chat > 0)
            return Create(key, PrivateChat(Known(person)), ChatAudience.Customer, []);
        return Create(key, Group(chat, $"Group {chat}", isForum: false), ChatAudience.Customer, [ChatMember.Of(ChatMember.Member, target.User)]);
    }

    /// <summary>A group that no bot is in yet, if it is new.</summary>
    public Room OpenGroup(long chat) =>
        world.Room(RoomKey.For(0, chat)) ?? Create(RoomKey.For(0, chat), Group(chat, $"Group {chat}", isForum: false), ChatAudience.Customer, []);

    public static void CheckIsPersons(long chat, SimulatedUser person)
    {
        if (chat > 0 && chat != person.Id)
            throw Refusal.BadRequest($"chat {chat} is the private chat of person {chat}, so {person.Id} can do nothing there");
    }

    public Room Create(RoomKey key, Chat chat, ChatAudience audience, IReadOnlyList<ChatMember> bots)
    {
        world.Commit(new JournalEntry { Room = new RoomState(key.Bot, chat, audience, [], bots) });
        return world.Room(key)!;
    }

    public static Chat PrivateChat(User user) =>
        new(user.Id, "private") { FirstName = user.FirstName, LastName = user.LastName, Username = user.Username };

    public static Chat Group(long id, string title, bool isForum) =>
        new(id, IsSupergroup(id) ? "supergroup" : "group") { Title = title, IsForum = isForum ? true : null };

    public static bool IsSupergroup(long id) => id <= -1_000_000_000_000;

    /// <summary>The person as a member of the chat; the first one in a group is its creator.</summary>
    public User Person(Room room, SimulatedUser given, string? language = null)
    {
        var member = room.People.GetValueOrDefault(given.Id);
        var user = Merge(given, member?.User, language);
        if (member is { IsPresent: true } && member.User == user)
            return member.User;
        var status = member is { IsPresent: true } ? member.Status : room is { IsPrivate: false, People.Count: 0 } ? ChatMember.Creator : ChatMember.Member;
        room.People[user.Id] = ChatMember.Of(status, user);
        if (room.IsPrivate)
            room.Chat = PrivateChat(user);
        world.Commit(room);
        return user;
    }

    private User Merge(SimulatedUser given, User? known, string? language)
    {
        known ??= Known(given);
        return known with
        {
            FirstName = given.FirstName.Length > 0 ? given.FirstName : known.FirstName,
            LastName = given.LastName ?? known.LastName,
            Username = given.Username ?? known.Username,
            LanguageCode = language ?? given.LanguageCode ?? known.LanguageCode,
        };
    }

    /// <summary>Somebody seen in another chat keeps his name; anybody else gets one.</summary>
    public User Known(SimulatedUser given)
    {
        var seen = world.Rooms.Select(room => room.People.GetValueOrDefault(given.Id)).FirstOrDefault(member => member is not null);
        return seen?.User ?? new User(given.Id, false, given.FirstName.Length > 0 ? given.FirstName : $"User {given.Id}")
        {
            LastName = given.LastName,
            Username = given.Username,
            LanguageCode = given.LanguageCode,
        };
    }
}
