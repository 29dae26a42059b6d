using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class ForumTopics
{
    private const int LongestName = 128;

    // The six colours Telegram allows; the first is what it takes when none is given.
    private static readonly long[] Colors = [0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F];

    public static Reply Create(Call call)
    {
        var room = Forum(call, "not enough rights to create a topic");
        var name = CheckedName(call.Arguments.String("name")!);
        var color = call.Arguments.Integer("icon_color") ?? Colors[0];
        if (!Colors.Contains(color))
            throw Refusal.BadRequest("TOPIC_ICON_COLOR_INVALID");
        var topic = call.Telegram.Topics.Open(room, call.Bot.User, name, (int)color, call.Arguments.String("icon_custom_emoji_id"));
        return Reply.Of(new ForumTopic(topic.Id, topic.Name, topic.IconColor) { IconCustomEmojiId = topic.IconCustomEmojiId }, SimulationJson.Default.ForumTopic);
    }

    public static Reply Edit(Call call)
    {
        var room = Forum(call, "not enough rights to edit a topic");
        var topic = Topic(call, room);
        var renamed = topic with
        {
            Name = call.Arguments.String("name") is { } name ? CheckedName(name) : topic.Name,
            IconCustomEmojiId = call.Arguments.String("icon_custom_emoji_id") ?? topic.IconCustomEmojiId,
        };
        if (renamed == topic)
            throw Refusal.BadRequest("TOPIC_NOT_MODIFIED");
        call.Telegram.Topics.Rename(room, call.Bot.User, renamed);
        return Reply.True;
    }

    public static Reply Close(Call call) => SetClosed(call, true);

    public static Reply Reopen(Call call) => SetClosed(call, false);

    public static Reply Delete(Call call)
    {
        var room = Forum(call, "not enough rights to delete a topic");
        ChatAccess.NeedRight(call, room, standing => standing.CanDeleteMessages, "not enough rights to delete a topic");
        call.Telegram.Topics.Delete(room, Topic(call, room));
        return Reply.True;
    }

    private static Reply SetClosed(Call call, bool closed)
    {
        var room = Forum(call, closed ? "not enough rights to close a topic" : "not enough rights to reopen a topic");
        var topic = Topic(call, room);
        if (topic.IsClosed == closed)
            throw Refusal.BadRequest("TOPIC_NOT_MODIFIED");
        call.Telegram.Topics.SetClosed(room, call.Bot.User, topic, closed);
        return Reply.True;
    }

    private static Room Forum(Call call, string withoutRights)
    {
        var room = ChatAccess.Chat(call);
        if (room.Chat.IsForum is not true)
            throw Refusal.BadRequest("the chat is not a forum");
        ChatAccess.NeedRight(call, room, standing => standing.CanManageTopics, withoutRights);
        return room;
    }

    private static Topic Topic(Call call, Room room) =>
        room.Topics.GetValueOrDefault(call.Required("message_thread_id")) ?? throw Refusal.BadRequest("TOPIC_ID_INVALID");

    /// <summary>Telegram cuts a longer name; here it is refused, so that a caller notices.</summary>
    private static string CheckedName(string name) => name.Trim() switch
    {
        "" => throw Refusal.BadRequest("TOPIC_TITLE_EMPTY"),
        { Length: > LongestName } => throw Refusal.BadRequest($"topic name is too long: at most {LongestName} characters"),
        var trimmed => trimmed,
    };
}
