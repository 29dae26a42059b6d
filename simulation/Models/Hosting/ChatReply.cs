using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Simulation.Models;

/// <summary>A chat's answer in the wire format, whole or in parts.</summary>
internal static class ChatReply
{
    // When the server began to exist, for all that asks for a date.
    private const long Created = 1_767_225_600;

    public static JsonObject Whole(ModelRequest request, ModelReply reply)
    {
        var choice = new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = reply.Text, ["refusal"] = null },
            ["finish_reason"] = reply.FinishReason,
        };
        if (WantsLogProbabilities(request))
            choice["logprobs"] = LogProbabilities(reply);
        return Envelope(request, "chat.completion", choice, Usage(request, reply));
    }

    /// <summary>The parts of a stream: the role, the words, the reason of its end, the usage.</summary>
    public static IReadOnlyList<JsonObject> Parts(ModelRequest request, ModelReply reply)
    {
        var parts = new List<JsonObject> { Part(request, new JsonObject { ["role"] = "assistant", ["content"] = "" }, null) };
        foreach (var word in Words(reply.Text))
            parts.Add(Part(request, new JsonObject { ["content"] = word }, null));
        parts.Add(Part(request, new JsonObject(), reply.FinishReason));
        if (request.Body.TryGetProperty("stream_options", out var options) && options.TryGetProperty("include_usage", out var wanted) && wanted.ValueKind == JsonValueKind.True)
            parts.Add(Envelope(request, "chat.completion.chunk", null, Usage(request, reply)));
        return parts;
    }

    private static JsonObject Part(ModelRequest request, JsonObject delta, string? reason) =>
        Envelope(request, "chat.completion.chunk", new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }, null);

    private static JsonObject Envelope(ModelRequest request, string type, JsonObject? choice, JsonObject? usage)
    {
        var envelope = new JsonObject
        {
            ["id"] = "chatcmpl-1",
            ["object"] = type,
            ["created"] = Created,
            ["model"] = request.Model,
            ["choices"] = choice is null ? new JsonArray() : new JsonArray(choice),
        };
        if (usage is not null)
            envelope["usage"] = usage;
        return envelope;
    }

    private static JsonObject Usage(ModelRequest request, ModelReply reply)
    {
        var (prompt, completion) = (TokenEstimate.Of(request), TokenEstimate.Of(reply.Text));
        return new JsonObject
        {
            ["prompt_tokens"] = prompt,
            ["completion_tokens"] = completion,
            ["total_tokens"] = prompt + completion,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = reply.CachedTokens },
        };
    }

    private static bool WantsLogProbabilities(ModelRequest request) => request.Body.TryGetProperty("logprobs", out var wanted) && wanted.ValueKind == JsonValueKind.True;

    private static JsonObject LogProbabilities(ModelReply reply)
    {
        IReadOnlyList<(string Token, double LogProbability)> top = reply.TopTokens.Count > 0 ? reply.TopTokens : [(Words(reply.Text).FirstOrDefault() ?? "", -.01)];
        var first = Token(top[0].Token, top[0].LogProbability);
        first["top_logprobs"] = new JsonArray([.. top.Select(one => Token(one.Token, one.LogProbability))]);
        return new JsonObject { ["content"] = new JsonArray(first), ["refusal"] = null };
    }

    private static JsonObject Token(string token, double probability) =>
        new() { ["token"] = token, ["logprob"] = probability, ["bytes"] = new JsonArray([.. JsonEncodedText.Encode(token).EncodedUtf8Bytes.ToArray().Select(one => JsonValue.Create((int)one))]) };

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != ' ')
                continue;
            yield return text[start..i];
            start = i;
        }
    }
}
