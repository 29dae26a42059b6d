using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Support.Simulation;

/// <summary>POST /sim/files: a person sends a file (multipart: chat, from, file; optional caption, kind, bot, thread, reply_to, album).</summary>
internal sealed class FileUpload(SimulatedTelegram telegram)
{
    private static readonly string[] Fields = ["chat", "from", "file", "caption", "kind", "bot", "thread", "reply_to", "album"];

    public async Task HandleAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            throw Refusal.BadRequest("a file comes as multipart/form-data");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = FileStore.LargestUpload + (1024 * 1024);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Keys.Concat(form.Files.Select(file => file.Name)).FirstOrDefault(name => !Fields.Contains(name)) is { } unknown)
            throw Refusal.BadRequest($"unknown field \"{unknown}\"; known are {string.Join(", ", Fields)}");
        var file = form.Files.GetFile("file") ?? throw Refusal.BadRequest("field \"file\" with the file is missing");
        var bytes = new byte[file.Length];
        await using (var content = file.OpenReadStream())
            await content.ReadExactlyAsync(bytes, context.RequestAborted);
        var chat = Number(form, "chat") ?? throw Refusal.BadRequest("field \"chat\" is missing");
        var message = telegram.SendFile(new UserFile(chat, Person(form, chat), file.FileName, bytes)
        {
            Kind = Kind(form["kind"].ToString()),
            MediaType = file.ContentType,
            Caption = form["caption"].ToString(),
            Bot = Number(form, "bot"),
            Thread = Number(form, "thread"),
            ReplyTo = Number(form, "reply_to"),
            Album = form["album"].ToString() is { Length: > 0 } album ? album : null,
        });
        await ControlEndpoints.Json(context, message, SimulationJson.Default.Message);
    }

    private static SimulatedUser Person(IFormCollection form, long chat) => form["from"].ToString() switch
    {
        "" when chat > 0 => new SimulatedUser(chat),
        "" => throw Refusal.BadRequest("field \"from\" is missing"),
        var given => JsonSerializer.Deserialize(given, SimulationJson.Default.SimulatedUser)!,
    };

    private static FileKind Kind(string given) => given switch
    {
        "" or "document" => FileKind.Document,
        "photo" => FileKind.Photo,
        "voice" => FileKind.Voice,
        _ => throw Refusal.BadRequest($"kind is document, photo or voice, not \"{given}\""),
    };

    private static long? Number(IFormCollection form, string name) => ControlQuery.Number(form[name].ToString(), name);
}
