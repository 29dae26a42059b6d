using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Support.Models;

namespace Support.Tests.OpenAi;

/// <summary>The ways in which the desk asks a model service.</summary>
public enum ModelPath { Chat, Structured, Stream, Embeddings, Rerank, Tei, Transcription }

internal static class ModelPaths
{
    public static readonly JsonElement Schema = JsonElement.Parse(
        """{"type":"object","properties":{"answer":{"type":"string"},"citations":{"type":"array","items":{"type":"integer"}}},"required":["answer","citations"],"additionalProperties":false}""");

    public static ChatOptions AsJson => new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "reply") };

    /// <summary>Makes one call and gives what came of it as text.</summary>
    public static async Task<string> CallAsync(this ModelPath path, ModelDesk desk, CancellationToken cancellation) => path switch
    {
        ModelPath.Chat => (await desk.Models.Chat(ModelRole.Answer, desk.Use).GetResponseAsync("How long is the warranty?", cancellationToken: cancellation)).Text,
        ModelPath.Structured => (await desk.Models.Chat(ModelRole.Answer, desk.Use).GetResponseAsync("How long is the warranty?", AsJson, cancellation)).Text,
        ModelPath.Stream => await StreamAsync(desk, cancellation),
        ModelPath.Embeddings => $"{(await desk.Models.Embeddings(desk.Use).GenerateAsync(["one", "two"], cancellationToken: cancellation)).Count}",
        ModelPath.Transcription => await desk.Models.TranscribeAsync(Encoding.UTF8.GetBytes("What was said"), "voice.ogg", "en", desk.Use, cancellation),
        _ => string.Join(' ', await desk.Models.RerankAsync("warranty", ["delivery", "the warranty"], desk.Use, cancellation)),
    };

    /// <summary>What the path needs beside the usual settings.</summary>
    public static (string, string?)[] Settings(this ModelPath path) => path == ModelPath.Tei ? [("RerankEndpoint:Dialect", "Tei")] : [];

    private static async Task<string> StreamAsync(ModelDesk desk, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await foreach (var update in desk.Models.Chat(ModelRole.Answer, desk.Use).GetStreamingResponseAsync("How long is the warranty?", cancellationToken: cancellation))
            text.Append(update.Text);
        return text.ToString();
    }
}
