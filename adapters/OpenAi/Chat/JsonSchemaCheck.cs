using System.Text.Json;

namespace Support.OpenAi.Chat;

/// <summary>The part of JSON Schema that structured output allows: type, properties, required, items, enum, anyOf. Servers that do not hold a model to a schema exist.</summary>
internal static class JsonSchemaCheck
{
    /// <returns>Where and what, without the value; null when it fits.</returns>
    public static string? Difference(JsonElement value, JsonElement schema, string path = "$")
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return null;
        if (schema.TryGetProperty("anyOf", out var several) && several.ValueKind == JsonValueKind.Array)
            return several.EnumerateArray().Any(one => Difference(value, one, path) is null) ? null : $"{path} is none of what it may be";
        if (schema.TryGetProperty("type", out var type) && !IsOf(value, type))
            return $"{path} is a {value.ValueKind}";
        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
            return $"{path} is none of the words it may be";
        return value.ValueKind switch
        {
            JsonValueKind.Object => OfObject(value, schema, path),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray().Select((item, index) => Difference(item, items, $"{path}[{index}]")).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }

    private static string? OfObject(JsonElement value, JsonElement schema, string path)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Select(one => one.GetString()!))
                if (!value.TryGetProperty(name, out _))
                    return $"{path} has no {name}";
        if (!schema.TryGetProperty("properties", out var properties))
            return null;
        foreach (var property in properties.EnumerateObject())
            if (value.TryGetProperty(property.Name, out var inner) && Difference(inner, property.Value, $"{path}.{property.Name}") is { } difference)
                return difference;
        return null;
    }

    private static bool IsOf(JsonElement value, JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Any(one => IsOf(value, one))
        : type.GetString() switch
        {
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "string" => value.ValueKind == JsonValueKind.String,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var whole) && double.IsInteger(whole),
            "number" => value.ValueKind == JsonValueKind.Number,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };
}
