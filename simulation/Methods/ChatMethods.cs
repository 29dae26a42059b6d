using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class ChatMethods
{
    public static Reply Get(Call call)
    {
        var room = ChatAccess.Chat(call);
        var chat = room.Chat;
        return Reply.Of(
            new ChatFullInfo(chat.Id, chat.Type)
            {
                Title = chat.Title,
                Username = chat.Username,
                FirstName = chat.FirstName,
                LastName = chat.LastName,
                IsForum = chat.IsForum,
                PinnedMessage = room.PinnedId is { } pinned ? room.Messages.Find(pinned) : null,
            },
            SimulationJson.Default.ChatFullInfo);
    }

    public static Reply GetMember(Call call)
    {
        var room = ChatAccess.Chat(call);
        var member = room.PersonOrBot(call.Required("user_id")) ?? throw Refusal.BadRequest("user not found");
        return Reply.Of(member, SimulationJson.Default.ChatMember);
    }

    /// <summary>People and the bot itself; other bots are left out, as Telegram does.</summary>
    public static Reply GetAdministrators(Call call)
    {
        var room = ChatAccess.Chat(call);
        if (room.IsPrivate)
            throw Refusal.BadRequest("there are no administrators in the private chat");
        IReadOnlyList<ChatMember> administrators =
            [.. room.People.Values.Append(room.Bots[call.Bot.Id]).Where(member => member.IsAdministrator)];
        return Reply.Of(administrators, SimulationJson.Default.IReadOnlyListChatMember);
    }

    public static Reply Leave(Call call)
    {
        var room = ChatAccess.Chat(call);
        if (room.IsPrivate)
            throw Refusal.BadRequest("chat member status can't be changed in private chats");
        call.Telegram.Memberships.ChangeBot(room, call.Bot, ChatMember.Of(ChatMember.Left, call.Bot.User), by: call.Bot.User);
        return Reply.True;
    }
}
