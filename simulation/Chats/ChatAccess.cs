using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Finds the chat a call names, and refuses the call when the bot may not do there what it wants.</summary>
internal static class ChatAccess
{
    /// <summary>A chat the bot is in, or the reason why not, in Telegram's words.</summary>
    public static Room Chat(Call call, string parameter = "chat_id")
    {
        var room = Known(call, parameter);
        if (room.MigratedTo is { } supergroup)
            throw new Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat") { MigrateToChatId = supergroup };
        var standing = room.Bots.GetValueOrDefault(call.Bot.Id);
        if (standing is { IsPresent: true })
            return room;
        if (room.IsPrivate)
        {
            throw standing is { Status: ChatMember.Kicked }
                ? Refusal.Forbidden("bot was blocked by the user")
                : Refusal.Forbidden("bot can't initiate conversation with a user");
        }
        throw standing is { Status: ChatMember.Kicked }
            ? Refusal.Forbidden($"bot was kicked from the {room.Noun} chat")
            : Refusal.Forbidden($"bot is not a member of the {room.Noun} chat");
    }

    /// <summary>A private chat is known to a bot once the two share any chat, though it may not write there yet.</summary>
    private static Room Known(Call call, string parameter)
    {
        if (call.Arguments.Integer(parameter) is not { } id && !long.TryParse(call.Arguments.String(parameter), out id))
            throw Refusal.BadRequest("chat not found");
        if (call.World.Room(RoomKey.For(call.Bot.Id, id)) is { } room)
            return room;
        if (id > 0 && call.World.Rooms.Any(other => other.People.ContainsKey(id) && other.Bots.ContainsKey(call.Bot.Id)))
            throw Refusal.Forbidden("bot can't initiate conversation with a user");
        throw Refusal.BadRequest("chat not found");
    }

    /// <summary>A topic to write into. Telegram lets some administrators write into a closed one; here nobody can, so that callers must be ready for it.</summary>
    public static Topic? OpenThread(Call call, Room room)
    {
        if (call.Arguments.Integer("message_thread_id") is not { } thread)
            return null;
        if (!room.Topics.TryGetValue(thread, out var topic))
            throw Refusal.BadRequest("message thread not found");
        return topic.IsClosed ? throw Refusal.BadRequest("TOPIC_CLOSED") : topic;
    }

    public static Message? ReplyTarget(Call call, Room room)
    {
        if (call.Arguments.Object("reply_parameters", SimulationJson.Default.ReplyParameters) is not { } reply)
            return null;
        if (room.Messages.Find(reply.MessageId) is { } target)
            return target with { ReplyToMessage = null };
        return reply.AllowSendingWithoutReply ? null : throw Refusal.BadRequest("message to be replied not found");
    }

    /// <summary>The bot is an administrator with this right; in a private chat there is nothing to ask for.</summary>
    public static void NeedRight(Call call, Room room, Func<ChatMember, bool?> right, string refusal)
    {
        if (!room.IsPrivate && right(room.Bots[call.Bot.Id]) is not true)
            throw Refusal.BadRequest(refusal);
    }
}
