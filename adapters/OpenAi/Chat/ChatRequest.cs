using System.Text.Json;
using Microsoft.Extensions.AI;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Chat;

/// <summary>What is asked, as the SDK's adapter wants it: strict schemas, and a temperature only where one is set.</summary>
internal sealed class ChatRequest
{
    // As the adapter calls it.
    private const string Strict = "strict";

    private ChatRequest(ChatOptions options, JsonElement? schema)
    {
        Options = options;
        Schema = schema;
    }

    public ChatOptions Options { get; }

    /// <summary>What the answer must be like; null for words.</summary>
    public JsonElement? Schema { get; }

    public static ChatRequest Of(ChatOptions? asked, ModelsOptions settings)
    {
        var options = asked?.Clone() ?? new ChatOptions();
        options.Temperature ??= settings.Temperature;
        options.AdditionalProperties = options.AdditionalProperties?.Clone() ?? [];
        var schema = (options.ResponseFormat as ChatResponseFormatJson)?.Schema;
        if (schema is not null)
            options.AdditionalProperties.TryAdd(Strict, true);
        return new ChatRequest(options, schema);
    }
}
