using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Simulation;

/// <summary>A person as an object like Telegram's User, or only as an id.</summary>
internal sealed class SimulatedUserConverter : JsonConverter<SimulatedUser>
{
    public override SimulatedUser Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return new SimulatedUser(reader.GetInt64());
        using var document = JsonDocument.ParseValue(ref reader);
        var user = document.RootElement;
        if (user.ValueKind != JsonValueKind.Object || !user.TryGetProperty("id", out var id) || !id.TryGetInt64(out var number))
            throw new JsonException("a person is {\"id\":1001,\"first_name\":\"Ann\"}, or just the id");
        return new SimulatedUser(number, Text(user, "first_name") ?? "")
        {
            LastName = Text(user, "last_name"),
            Username = Text(user, "username"),
            LanguageCode = Text(user, "language_code"),
        };
    }

    private static string? Text(JsonElement user, string name) =>
        user.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public override void Write(Utf8JsonWriter writer, SimulatedUser value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Id);
}
