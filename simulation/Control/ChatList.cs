namespace Support.Simulation;

internal static class ChatList
{
    /// <summary>Customers first, then the admins' group before their private chats, then editors.</summary>
    public static IReadOnlyList<ChatSummary> Of(World world, Bot bot) =>
    [
        .. world.Rooms
            .Where(room => room.MigratedTo is null && (room.Key.Bot == bot.Id || (room.Key.Bot == 0 && room.Bots.ContainsKey(bot.Id))))
            .OrderBy(room => room.Audience)
            .ThenBy(room => room.IsPrivate)
            .ThenBy(room => Math.Abs(room.Key.Chat))
            .Select(Summary),
    ];

    private static ChatSummary Summary(Room room) =>
        new(room.Key.Chat, room.Audience, room.Chat.Title ?? room.Chat.FirstName ?? room.Key.Chat.ToString(),
            [.. room.People.Values.Where(member => member.IsPresent).Select(member => new ChatPerson(member.User.Id, member.User.FirstName))])
        {
            Type = room.Chat.Type,
            IsForum = room.Chat.IsForum is true,
            Bot = room.IsPrivate ? room.Key.Bot : null,
        };
}
