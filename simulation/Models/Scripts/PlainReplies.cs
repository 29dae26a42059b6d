using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Support.Simulation.Models;

/// <summary>Replies for what no script is there for: they fit the form and claim nothing.</summary>
public static class PlainReplies
{
    private const string Nothing = "I have no script for this.";

    /// <summary>An empty value of the schema (false, 0, "", [], the first of an enum), or a sentence.</summary>
    public static ModelReply Fitting(ModelRequest request) =>
        request.Schema is { } schema ? new ModelReply(Empty(schema)?.ToJsonString() ?? "null") : new ModelReply(Nothing);

    /// <summary>The file's own text when it is text; a made-up sentence for sound.</summary>
    public static string Heard(ModelRequest request)
    {
        try
        {
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(request.File);
            return text.Any(char.IsControl) ? "Something was said." : text;
        }
        catch (DecoderFallbackException)
        {
            return "Something was said.";
        }
    }

    private static JsonNode? Empty(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var allowed))
            return JsonNode.Parse(allowed[0].GetRawText());
        if (schema.TryGetProperty("anyOf", out var several))
            return Empty(several[0]);
        return TypeOf(schema) switch
        {
            "object" => EmptyObject(schema),
            "array" => new JsonArray(),
            "string" => JsonValue.Create(""),
            "boolean" => JsonValue.Create(false),
            "integer" or "number" => JsonValue.Create(0),
            _ => null,
        };
    }

    private static JsonObject EmptyObject(JsonElement schema)
    {
        var value = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
            foreach (var property in properties.EnumerateObject())
                value[property.Name] = Empty(property.Value);
        return value;
    }

    private static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).FirstOrDefault(one => one != "null")
        : type.GetString();
}
