using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class PinMessage
{
    public static Reply Pin(Call call)
    {
        var room = ChatAccess.Chat(call);
        var message = room.Messages.Find(call.Required("message_id")) ?? throw Refusal.BadRequest("message to pin not found");
        ChatAccess.NeedRight(call, room, standing => standing.CanPinMessages, "not enough rights to manage pinned messages in the chat");
        room.PinnedId = message.MessageId;
        call.World.Commit(room);
        var pinned = message with { ReplyToMessage = null };
        call.Postings.Add(room, new Message(0, 0, room.Chat) { From = call.Bot.User, PinnedMessage = pinned, MessageThreadId = message.MessageThreadId });
        return Reply.True;
    }
}
