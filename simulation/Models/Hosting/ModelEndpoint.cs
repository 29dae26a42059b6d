using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Support.Simulation.Models;

/// <summary>One kind of request: read, remembered, gone wrong or answered.</summary>
internal sealed class ModelEndpoint(ScriptedModels models, ModelCallKind kind, bool isTei = false)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            var request = await RequestReader.ReadAsync(kind, context);
            models.Remember(request);
            var misbehaviour = models.Misbehaviours.Take(request);
            if (Refuse(request) is { } refusal)
                await refusal.WriteAsync(context);
            else if (ErrorReply.Of(misbehaviour, request) is { } error)
            {
                models.CountSpoilt();
                await error.WriteAsync(context);
            }
            else
                await AnswerAsync(context, request, misbehaviour?.Trouble);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException)
        {
            await new ErrorReply(400, "The request is not of the form that is wanted: " + e.Message).WriteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has given up.
        }
    }

    private ErrorReply? Refuse(ModelRequest request) =>
        models.Options.Key is { } key && request.Key != key ? ErrorReply.WrongKey(request)
        : kind != ModelCallKind.Models && request.Model is { } model && models.Options.Models is { Count: > 0 } known && !known.Contains(model) ? ErrorReply.WrongModel(request)
        : null;

    private async Task AnswerAsync(HttpContext context, ModelRequest request, Trouble? trouble)
    {
        var reply = kind == ModelCallKind.Chat ? models.Scripts.Answer(request) : new ModelReply("");
        var given = SpoiltReply.Of(reply, trouble);
        if (IsBroken(trouble) || (kind == ModelCallKind.Chat ? given != reply : trouble?.CanSpoil(request) == true))
            models.CountSpoilt();
        if (trouble == Trouble.Hang)
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        if (trouble == Trouble.InvalidBody)
        {
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<html><body>Welcome</body></html>", context.RequestAborted);
        }
        else if (request.IsStream && models.Options.Streams)
            await StreamAsync(context, ChatReply.Parts(request, given), trouble);
        else
            await WriteAsync(context, kind == ModelCallKind.Chat ? ChatReply.Whole(request, given) : Body(request, trouble), trouble);
    }

    /// <summary>Whatever it was, it does not come whole.</summary>
    private static bool IsBroken(Trouble? trouble) => trouble is Trouble.Hang or Trouble.HangMidway or Trouble.InvalidBody or Trouble.Cut or Trouble.QuietEnd;

    private JsonNode Body(ModelRequest request, Trouble? trouble) => kind switch
    {
        _ when trouble is Trouble.InvalidJson or Trouble.WrongSchema => new JsonObject { ["something"] = "else" },
        ModelCallKind.Embeddings => VectorReply.Embeddings(request, models.Options.Dimensions, trouble),
        ModelCallKind.Rerank => VectorReply.Scores(request, isTei, models.Options.Dimensions, trouble),
        ModelCallKind.Transcription => new JsonObject { ["text"] = trouble == Trouble.EmptyAnswer ? "" : models.Scripts.Transcribe(request) },
        _ => new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. models.Options.Models.Select(model => new JsonObject { ["id"] = model, ["object"] = "model", ["created"] = 0, ["owned_by"] = "simulation" })]) },
    };

    private static async Task WriteAsync(HttpContext context, JsonNode body, Trouble? trouble)
    {
        var bytes = Encoding.UTF8.GetBytes(body.ToJsonString());
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        var isCut = IsCut(trouble);
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, isCut ? bytes.Length / 2 : bytes.Length), context.RequestAborted);
        if (!isCut)
            return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (trouble == Trouble.HangMidway)
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        context.Abort();
    }

    private static bool IsCut(Trouble? trouble) => trouble is Trouble.Cut or Trouble.QuietEnd or Trouble.HangMidway;

    private async Task StreamAsync(HttpContext context, IReadOnlyList<JsonObject> parts, Trouble? trouble)
    {
        context.Response.ContentType = "text/event-stream";
        var isCut = IsCut(trouble);
        foreach (var part in isCut ? parts.Take(Math.Max(2, parts.Count / 2)) : parts)
        {
            await context.Response.WriteAsync($"data: {part.ToJsonString()}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (models.Options.WordPause > TimeSpan.Zero)
                await Task.Delay(models.Options.WordPause, context.RequestAborted);
        }
        if (trouble == Trouble.HangMidway)
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        else if (trouble == Trouble.Cut)
            context.Abort();
        else if (trouble != Trouble.QuietEnd)
            await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }
}
