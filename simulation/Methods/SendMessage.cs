using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class SendMessage
{
    private static readonly TimeSpan DraftShown = TimeSpan.FromSeconds(30);

    public static Reply Send(Call call)
    {
        var room = ChatAccess.Chat(call);
        var draft = NewMessage(call, room);
        var text = TextRules.MessageText(call.Arguments);
        var message = call.Postings.Send(call, room, draft with { Text = text.Text, Entities = text.EntitiesOrNull });
        return Reply.Of(message, SimulationJson.Default.Message);
    }

    /// <summary>What every kind of new message has: chat, topic, reply and buttons.</summary>
    public static Message NewMessage(Call call, Room room)
    {
        var topic = ChatAccess.OpenThread(call, room);
        return new Message(0, 0, room.Chat)
        {
            ReplyToMessage = ChatAccess.ReplyTarget(call, room),
            ReplyMarkup = KeyboardRules.Read(call.Arguments),
            MessageThreadId = topic?.Id,
            IsTopicMessage = topic is null ? null : true,
            HasProtectedContent = call.Arguments.Flag("protect_content") ? true : null,
        };
    }

    public static Reply SendDraft(Call call)
    {
        var room = ChatAccess.Chat(call);
        if (!room.IsPrivate)
            throw Refusal.BadRequest("message drafts can be sent only to private chats");
        var id = call.Required("draft_id");
        if (id == 0)
            throw Refusal.BadRequest("draft_id must be non-zero");
        var text = TextRules.Parse(call.Arguments.String("text") ?? "", call.Arguments, "entities");
        if (text.Text.Length > TextRules.LongestText)
            throw Refusal.BadRequest("message is too long");
        call.Telegram.Changes.Add(number => new Change.Drafted(number, call.Bot.Id, room.Key.Chat, id, text, call.World.Now + DraftShown));
        return Reply.True;
    }
}
