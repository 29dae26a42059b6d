using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Support.Simulation.Models;

/// <summary>A good reply made into a bad one.</summary>
internal static partial class SpoiltReply
{
    private const int NoPassage = 99;
    private const string Foreign = "很抱歉，我不明白这个问题。";

    public static ModelReply Of(ModelReply reply, Trouble? trouble) => trouble switch
    {
        Trouble.InvalidJson => reply with { Text = "{\"answer\": \"" + reply.Text[..(reply.Text.Length / 2)].Replace("\"", "", StringComparison.Ordinal) },
        Trouble.WrongSchema => reply with { Text = "{\"something\":[\"else\"]}" },
        Trouble.EmptyAnswer => reply with { Text = "" },
        Trouble.WrongLanguage => reply with { Text = Change(reply.Text, (_, value) => value is JsonValue text && text.GetValueKind() == JsonValueKind.String && text.GetValue<string>().Contains(' ') ? JsonValue.Create(Foreign) : null) ?? Foreign },
        Trouble.FalseCitations => reply with { Text = Change(reply.Text, Cited) ?? Marks().Replace(reply.Text, $"[{NoPassage}]") },
        Trouble.FilteredMidway => reply with { Text = "", FinishReason = "content_filter" },
        _ => reply,
    };

    private static JsonNode? Cited(string? name, JsonNode value) => name != "citations" ? null : value is JsonArray ? new JsonArray(NoPassage) : JsonValue.Create(NoPassage);

    /// <returns>Null when the text is no JSON.</returns>
    private static string? Change(string text, Func<string?, JsonNode, JsonNode?> change)
    {
        try
        {
            return JsonNode.Parse(text) is (JsonObject or JsonArray) and { } root ? Changed(null, root, change).ToJsonString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode Changed(string? name, JsonNode node, Func<string?, JsonNode, JsonNode?> change) => change(name, node) ?? node switch
    {
        JsonObject properties => new JsonObject(properties.Select(one => KeyValuePair.Create(one.Key, one.Value is { } value ? Changed(one.Key, value, change) : null))),
        JsonArray items => new JsonArray([.. items.Select(item => item is null ? null : Changed(null, item, change))]),
        _ => node.DeepClone(),
    };

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Marks();
}
