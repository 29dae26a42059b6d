using System.Text.Json;
using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class EditMessage
{
    private const string NotModified =
        "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

    public static Reply EditText(Call call)
    {
        var (room, message) = Own(call);
        if (message.Text is null)
            throw Refusal.BadRequest("there is no text in the message to edit");
        var text = TextRules.MessageText(call.Arguments);
        var keyboard = KeyboardRules.Read(call.Arguments);
        if (text.SameAs(message.Text, message.Entities) && SameKeyboard(keyboard, message.ReplyMarkup))
            throw Refusal.BadRequest(NotModified);
        return Replace(call, room, message with { Text = text.Text, Entities = text.EntitiesOrNull, ReplyMarkup = keyboard });
    }

    public static Reply EditReplyMarkup(Call call)
    {
        var (room, message) = Own(call);
        var keyboard = KeyboardRules.Read(call.Arguments);
        if (SameKeyboard(keyboard, message.ReplyMarkup))
            throw Refusal.BadRequest(NotModified);
        return Replace(call, room, message with { ReplyMarkup = keyboard });
    }

    private static (Room Room, Message Message) Own(Call call)
    {
        if (call.Arguments.Has("inline_message_id"))
            throw Refusal.BadRequest("MESSAGE_ID_INVALID");
        if (!call.Arguments.Has("chat_id"))
            throw Refusal.BadRequest("chat_id is empty");
        if (call.Arguments.Integer("message_id") is not { } id)
            throw Refusal.BadRequest("message identifier is not specified");
        var room = ChatAccess.Chat(call);
        var message = room.Messages.Find(id) ?? throw Refusal.BadRequest("message to edit not found");
        return message.From?.Id == call.Bot.Id && !message.IsService() ? (room, message) : throw Refusal.BadRequest("message can't be edited");
    }

    private static Reply Replace(Call call, Room room, Message message)
    {
        var edited = message with { EditDate = call.World.Now.ToUnixTimeSeconds() };
        call.Postings.Replace(room, edited);
        call.Postings.Publish(call, edited);
        return Reply.Of(edited, SimulationJson.Default.Message);
    }

    // Buttons may carry raw JSON, which has no equality of its own.
    private static bool SameKeyboard(InlineKeyboardMarkup? one, InlineKeyboardMarkup? other) =>
        (one, other) switch
        {
            (null, null) => true,
            (null, _) or (_, null) => false,
            _ => JsonSerializer.SerializeToUtf8Bytes(one, SimulationJson.Default.InlineKeyboardMarkup)
                .AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, SimulationJson.Default.InlineKeyboardMarkup)),
        };
}
