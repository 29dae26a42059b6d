using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Support.Simulation.Models;

/// <summary>A request of the OpenAI wire format, as far as scripts look at it.</summary>
internal static class RequestReader
{
    private static readonly JsonElement NoBody = JsonElement.Parse("{}");

    /// <exception cref="JsonException">The body is no JSON object.</exception>
    public static async Task<ModelRequest> ReadAsync(ModelCallKind kind, HttpContext context)
    {
        var request = context.Request;
        var key = request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var token] ? token : null;
        if (kind == ModelCallKind.Transcription)
            return await UploadAsync(context, key);
        var body = HttpMethods.IsGet(request.Method) ? NoBody : (await JsonDocument.ParseAsync(request.Body, default, context.RequestAborted)).RootElement;
        if (body.ValueKind != JsonValueKind.Object)
            throw new JsonException("An object is wanted.");
        var read = new ModelRequest(kind, request.Path, Text(body, "model"), key, body);
        return kind == ModelCallKind.Chat ? WithChat(read, body) : read;
    }

    private static ModelRequest WithChat(ModelRequest request, JsonElement body)
    {
        var format = body.TryGetProperty("response_format", out var given) && given.TryGetProperty("json_schema", out var schema) ? schema : (JsonElement?)null;
        return request with
        {
            Messages = body.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array ? [.. messages.EnumerateArray().Select(Message)] : throw new JsonException("A chat has messages."),
            IsStream = body.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True,
            SchemaName = format is { } named ? Text(named, "name") : null,
            Schema = format is { } formed && formed.TryGetProperty("schema", out var form) ? form : null,
        };
    }

    private static ModelMessage Message(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
            return new ModelMessage(Text(message, "role") ?? "", "", 0);
        if (content.ValueKind != JsonValueKind.Array)
            return new ModelMessage(Text(message, "role") ?? "", content.ValueKind == JsonValueKind.String ? content.GetString()! : "", 0);
        var parts = content.EnumerateArray().ToList();
        return new ModelMessage(Text(message, "role") ?? "", string.Join('\n', parts.Select(part => Text(part, "text")).OfType<string>()), parts.Count(part => Text(part, "type") == "image_url"));
    }

    private static async Task<ModelRequest> UploadAsync(HttpContext context, string? key)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var file = form.Files.GetFile("file") ?? throw new JsonException("A file is wanted.");
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, context.RequestAborted);
        return new ModelRequest(ModelCallKind.Transcription, context.Request.Path, form["model"], key, NoBody)
        {
            File = bytes.ToArray(),
            FileName = file.FileName,
            Language = form["language"] is [{ } language] ? language : null,
        };
    }

    private static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
