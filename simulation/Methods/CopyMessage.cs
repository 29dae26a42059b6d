using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Sending on what stands in another chat: without a link to it, or with one.</summary>
internal static class CopyMessage
{
    public static Reply Copy(Call call)
    {
        var room = ChatAccess.Chat(call);
        var original = Original(call, "message to copy not found");
        if (original.IsService())
            throw Refusal.BadRequest("message can't be copied");
        var caption = TextRules.Caption(call.Arguments);
        var message = call.Postings.Send(call, room, Content(SendMessage.NewMessage(call, room), original) with
        {
            Caption = call.Arguments.Has("caption") ? caption?.Text : original.Caption,
            CaptionEntities = call.Arguments.Has("caption") ? caption?.EntitiesOrNull : original.CaptionEntities,
        });
        return Reply.Of(new MessageId(message.MessageId), SimulationJson.Default.MessageId);
    }

    public static Reply Forward(Call call)
    {
        var room = ChatAccess.Chat(call);
        var original = Original(call, "message to forward not found");
        if (original.IsService())
            throw Refusal.BadRequest("message can't be forwarded");
        var origin = original.ForwardOrigin ?? new MessageOrigin("user", original.Date) { SenderUser = original.From };
        var message = call.Postings.Send(call, room, Content(SendMessage.NewMessage(call, room), original) with
        {
            ForwardOrigin = origin,
            Caption = original.Caption,
            CaptionEntities = original.CaptionEntities,
        });
        return Reply.Of(message, SimulationJson.Default.Message);
    }

    private static Message Original(Call call, string refusal)
    {
        var from = ChatAccess.Chat(call, "from_chat_id");
        return from.Messages.Find(call.Required("message_id")) ?? throw Refusal.BadRequest(refusal);
    }

    private static Message Content(Message draft, Message original) => draft with
    {
        Text = original.Text,
        Entities = original.Entities,
        Document = original.Document,
        Photo = original.Photo,
        Voice = original.Voice,
    };
}
