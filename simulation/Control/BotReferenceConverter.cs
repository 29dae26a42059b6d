using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Simulation;

/// <summary>true (the first bot, written as 0 here) or a bot's id.</summary>
internal sealed class BotReferenceConverter : JsonConverter<long?>
{
    public const long First = 0;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.True => First,
        JsonTokenType.False => null,
        _ => reader.GetInt64(),
    };

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } id)
            writer.WriteNumberValue(id);
        else
            writer.WriteBooleanValue(false);
    }
}
