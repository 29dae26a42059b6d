using System.Text.Json;

namespace Support.Simulation;

/// <summary>Compares a JSON value with the types it may have, down to the last member.</summary>
internal static class JsonShape
{
    /// <summary>Null when the value fits one of the types; else what is wrong, naming the place by <paramref name="path"/>.</summary>
    public static string? Flaw(IReadOnlyList<SpecifiedType> types, JsonElement value, string path)
    {
        string? first = null;
        string? closest = null;
        foreach (var type in types)
        {
            var flaw = Flaw(type, value, path);
            if (flaw is null)
                return null;
            first ??= flaw;
            // Of several object types, the one whose required members are all there is the one that was meant.
            if (closest is null && type.Kind == SpecifiedKind.Object && HasRequired(type.Name, value))
                closest = flaw;
        }
        if (closest is not null || types.Count == 1)
            return closest ?? first;
        return $"\"{path}\" must be {string.Join(" or ", types.Select(type => type.Name))}";
    }

    private static string? Flaw(SpecifiedType type, JsonElement value, string path) => type.Kind switch
    {
        SpecifiedKind.Integer when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) => null,
        SpecifiedKind.Float when value.ValueKind == JsonValueKind.Number => null,
        SpecifiedKind.String when value.ValueKind == JsonValueKind.String => null,
        SpecifiedKind.Boolean when value.ValueKind is JsonValueKind.True or JsonValueKind.False => null,
        SpecifiedKind.Array when value.ValueKind == JsonValueKind.Array => FlawOfItems(type.Element!, value, path),
        SpecifiedKind.Object when value.ValueKind == JsonValueKind.Object => FlawOfObject(type.Name, value, path),
        _ when value.ValueKind == JsonValueKind.Null => $"\"{path}\" is null; leave it out",
        _ => $"\"{path}\" must be {type.Name}",
    };

    private static string? FlawOfItems(SpecifiedType element, JsonElement array, string path)
    {
        var index = 0;
        foreach (var item in array.EnumerateArray())
        {
            if (Flaw(element, item, $"{path}[{index++}]") is { } flaw)
                return flaw;
        }
        return null;
    }

    private static string? FlawOfObject(string typeName, JsonElement value, string path)
    {
        var specification = BotApiSpecification.Current;
        if (specification.Unions.TryGetValue(typeName, out var members))
            return Flaw([.. members.Select(SpecifiedType.Parse)], value, path);
        var fields = specification.Objects[typeName];
        foreach (var member in value.EnumerateObject())
        {
            if (!fields.ByName.TryGetValue(member.Name, out var field))
                return $"unknown member \"{path}.{member.Name}\" of {typeName}";
            if (Flaw(field.Types, member.Value, $"{path}.{member.Name}") is { } flaw)
                return flaw;
        }
        foreach (var field in fields.Required)
        {
            if (!value.TryGetProperty(field.Name, out _))
                return $"\"{path}.{field.Name}\" is required";
        }
        return null;
    }

    private static bool HasRequired(string typeName, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object
        && BotApiSpecification.Current.Objects.TryGetValue(typeName, out var fields)
        && fields.Required.All(field => value.TryGetProperty(field.Name, out _));
}
