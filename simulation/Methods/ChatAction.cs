namespace Support.Simulation;

internal static class ChatAction
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(5);

    private static readonly string[] Known =
    [
        "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
        "choose_sticker", "find_location", "record_video_note", "upload_video_note",
    ];

    public static Reply Send(Call call)
    {
        var room = ChatAccess.Chat(call);
        ChatAccess.OpenThread(call, room);
        var action = call.Arguments.String("action")!;
        if (!Known.Contains(action))
            throw Refusal.BadRequest("wrong parameter action in request");
        var thread = call.Arguments.Integer("message_thread_id");
        call.Telegram.Changes.Add(number => new Change.Typed(number, call.Bot.Id, room.Key.Chat, thread, action, call.World.Now + Shown));
        return Reply.True;
    }
}
