using System.Globalization;
using System.Text.Json;

namespace Support.FunctionsHost.Invocations;

/// <summary>
/// What the host copies from a message that is a JSON object into Metadata: its top-level values, scalars as texts, objects as
/// they are, lists and nulls not at all. A name that is there already, whatever its case, gets the new value.
/// </summary>
internal static class MessageProperties
{
    public static void CopyInto(Dictionary<string, string> metadata, string message)
    {
        if (!message.AsSpan().Trim().StartsWith("{"))
            return;
        try
        {
            using var document = JsonDocument.Parse(message);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                // Names that end so are the message itself, which stands in Data.
                if (!property.Name.EndsWith("trigger", StringComparison.OrdinalIgnoreCase) && Value(property.Value) is { } value)
                    metadata[property.Name] = value;
            }
        }
        catch (JsonException)
        {
            // A message need not be JSON.
        }
    }

    private static string? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonSerializer.Serialize(value, JsonSerializerOptions.Default),
        JsonValueKind.String => HostJson.Doubly(Text(value.GetString()!)),
        JsonValueKind.Number => HostJson.Doubly(value.GetRawText()),
        JsonValueKind.True => HostJson.Doubly("True"),
        JsonValueKind.False => HostJson.Doubly("False"),
        _ => null,
    };

    /// <summary>The host's JSON reader takes a text that looks like a time for a time, and writes it in its own way.</summary>
    private static string Text(string text) => IsoTime.Read(text) is { } time ? time.ToString("MM/dd/yyyy HH:mm:ss", CultureInfo.InvariantCulture) : text;
}
