using Support.Simulation.Wire;

namespace Support.Simulation;

internal static class SendFile
{
    public static Reply SendDocument(Call call) => Send(call, "document", FileKind.Document);

    public static Reply SendPhoto(Call call) => Send(call, "photo", FileKind.Photo);

    public static Reply GetFile(Call call)
    {
        var file = call.World.Files.ById(call.Arguments.String("file_id")!) ?? throw Refusal.BadRequest("wrong file_id or the file is temporarily unavailable");
        if (file.Size > FileStore.LargestDownload)
            throw Refusal.BadRequest("file is too big");
        return Reply.Of(file.AsLink(), SimulationJson.Default.FileLink);
    }

    private static Reply Send(Call call, string parameter, FileKind kind)
    {
        var room = ChatAccess.Chat(call);
        var draft = SendMessage.NewMessage(call, room);
        var caption = TextRules.Caption(call.Arguments);
        var file = call.Arguments.File(parameter) is { } upload
            ? call.Telegram.Keep(upload, kind)
            // Telegram also fetches a file from an HTTP address; the simulation reaches out to nothing but webhooks.
            : call.World.Files.ById(call.Arguments.String(parameter)!) ?? throw Refusal.BadRequest("wrong file identifier/HTTP URL specified");
        if (file.Kind != kind)
            throw Refusal.BadRequest($"can't use file of type {file.Kind} as {kind}");
        var message = call.Postings.Send(call, room, WithFile(draft, file) with { Caption = caption?.Text, CaptionEntities = caption?.EntitiesOrNull });
        return Reply.Of(message, SimulationJson.Default.Message);
    }

    public static Message WithFile(Message draft, StoredFile file) => file.Kind switch
    {
        FileKind.Photo => draft with { Photo = file.AsPhoto() },
        FileKind.Voice => draft with { Voice = file.AsVoice() },
        _ => draft with { Document = file.AsDocument() },
    };
}
