using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class DeleteMessage
{
    private static readonly TimeSpan Deletable = TimeSpan.FromHours(48);

    public static Reply Delete(Call call)
    {
        var room = ChatAccess.Chat(call);
        var message = room.Messages.Find(call.Required("message_id")) ?? throw Refusal.BadRequest("message to delete not found");
        if (!MayDelete(call, room, message))
            throw Refusal.BadRequest("message can't be deleted");
        call.Postings.Remove(room, message.MessageId);
        return Reply.True;
    }

    private static bool MayDelete(Call call, Room room, Message message)
    {
        if (!room.IsPrivate && room.Bots[call.Bot.Id] is { CanDeleteMessages: true })
            return true;
        var isYoung = call.World.Now - DateTimeOffset.FromUnixTimeSeconds(message.Date) < Deletable;
        return isYoung && (room.IsPrivate || message.From?.Id == call.Bot.Id);
    }
}
