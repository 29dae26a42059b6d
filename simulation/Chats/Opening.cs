using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Puts the bots and chats of the options into the world, where they are not there from before.</summary>
internal sealed class Opening(World world, Rooms rooms)
{
    public void Prepare(SimulationOptions options)
    {
        foreach (var bot in options.Bots.Count > 0 ? options.Bots : [StartingCompany.Bot])
            Add(bot);
        foreach (var chat in options.Chats.Count > 0 ? options.Chats.AsReadOnly() : StartingCompany.Chats)
            Add(chat);
    }

    public void Add(SimulatedBot bot)
    {
        var known = world.BotById(bot.Id)?.State;
        var state = (known ?? new BotState(bot.Id, bot.Token, bot.Username, bot.FirstName)) with { Token = bot.Token, Username = bot.Username, FirstName = bot.FirstName };
        if (known is null || !known.Equals(state))
            world.Commit(new JournalEntry { Bot = state });
    }

    public void Add(SimulatedChat chat)
    {
        var bots = world.Bots.Where(bot => chat.Bots is null || chat.Bots.Contains(bot.Id)).ToList();
        if (chat.Id > 0)
        {
            foreach (var bot in bots)
                AddPrivate(chat, bot);
        }
        else if (world.Room(RoomKey.For(0, chat.Id)) is null)
        {
            AddGroup(chat, bots);
        }
    }

    private void AddPrivate(SimulatedChat chat, Bot bot)
    {
        var key = RoomKey.For(bot.Id, chat.Id);
        if (world.Room(key) is not null)
            return;
        var given = chat.Members.Count > 0 ? chat.Members[0] : new SimulatedUser(chat.Id, chat.Title);
        var room = rooms.Create(key, Rooms.PrivateChat(rooms.Known(given)), chat.Audience, chat.Started ? [ChatMember.Of(ChatMember.Member, bot.User)] : []);
        rooms.Person(room, given);
    }

    private void AddGroup(SimulatedChat chat, List<Bot> bots)
    {
        var status = chat.BotIsAdministrator ? ChatMember.Administrator : ChatMember.Member;
        var room = rooms.Create(
            RoomKey.For(0, chat.Id),
            Rooms.Group(chat.Id, chat.Title, chat.IsForum),
            chat.Audience,
            [.. bots.Select(bot => ChatMember.Of(status, bot.User))]);
        foreach (var person in chat.Members)
            rooms.Person(room, person);
    }
}
