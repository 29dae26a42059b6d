using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Support.Models;

namespace Support.Tests.OpenAi;

/// <summary>The ways in which the desk asks a model service.</summary>
public enum ModelPath { Chat, Structured, Stream, StructuredStream, Picture, Embeddings, Rerank, Tei, Transcription }

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
        ModelPath.Stream => await StreamAsync(desk, null, cancellation),
        ModelPath.StructuredStream => await StreamAsync(desk, AsJson, cancellation),
        ModelPath.Picture => (await desk.Models.Chat(ModelRole.Picture, desk.Use).GetResponseAsync(
            [new ChatMessage(ChatRole.User, [new TextContent("How long is the warranty?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")])], AsJson, cancellation)).Text,
        ModelPath.Embeddings => $"{(await desk.Models.Embeddings(desk.Use).GenerateAsync(["one", "two"], cancellationToken: cancellation)).Count}",
        ModelPath.Transcription => await desk.Models.TranscribeAsync(Encoding.UTF8.GetBytes("What was said"), "voice.ogg", "en", desk.Use, cancellation),
        _ => string.Join(' ', await desk.Models.RerankAsync("warranty", ["delivery", "the warranty"], desk.Use, cancellation)),
    };

    /// <summary>What the path needs beside the usual settings.</summary>
    public static (string, string?)[] Settings(this ModelPath path) => path == ModelPath.Tei ? [("RerankEndpoint:Dialect", "Tei")] : [];

    /// <summary>The second server for the use.</summary>
    public static (string, string?)[] Fallback(this ModelPath path) => path switch
    {
        ModelPath.Rerank or ModelPath.Tei => [("RerankEndpoint:FallbackUrl", "{1}")],
        ModelPath.Embeddings => [("Embedding:FallbackEndpoint", "{1}v1"), ("Embedding:FallbackModel", "embed-1")],
        ModelPath.Transcription or ModelPath.Picture => [($"{path}:FallbackEndpoint", "{1}v1"), ($"{path}:FallbackModel", "second-1")],
        _ => [("FallbackEndpoint", "{1}v1"), ("FallbackModel", "chat-2")],
    };

    public static bool IsStream(this ModelPath path) => path is ModelPath.Stream or ModelPath.StructuredStream;

    /// <summary>How long one try may take.</summary>
    public static TimeSpan Limit(this ModelPath path) => TimeSpan.FromSeconds(path is ModelPath.Transcription or ModelPath.Picture ? 30 : 10);

    private static async Task<string> StreamAsync(ModelDesk desk, ChatOptions? options, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        await foreach (var update in desk.Models.Chat(ModelRole.Answer, desk.Use).GetStreamingResponseAsync("How long is the warranty?", options, cancellation))
            text.Append(update.Text);
        return text.ToString();
    }
}
