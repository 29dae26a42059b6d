using System.Collections.Frozen;
using System.Text.Json;

namespace Support.Simulation;

/// <summary>
/// The methods the simulation answers and the types of their parameters, from the embedded bot-api-subset.json (which names
/// its source). Read once a process.
/// </summary>
internal sealed class BotApiSpecification
{
    private static readonly Lazy<BotApiSpecification> Loaded = new(Load);

    private BotApiSpecification(FrozenDictionary<string, SpecifiedMethod> methods, FrozenDictionary<string, SpecifiedFields> objects, FrozenDictionary<string, string[]> unions)
    {
        Methods = methods;
        Objects = objects;
        Unions = unions;
    }

    public static BotApiSpecification Current => Loaded.Value;

    /// <summary>Method names are compared without case, as Telegram does.</summary>
    public FrozenDictionary<string, SpecifiedMethod> Methods { get; }

    public FrozenDictionary<string, SpecifiedFields> Objects { get; }

    /// <summary>Types that are one of several others (BotCommandScope).</summary>
    public FrozenDictionary<string, string[]> Unions { get; }

    private static BotApiSpecification Load()
    {
        using var resource = typeof(BotApiSpecification).Assembly.GetManifestResourceStream("bot-api-subset.json")
            ?? throw new InvalidOperationException("The resource bot-api-subset.json is not embedded in Support.Simulation; look at its project file.");
        using var document = JsonDocument.Parse(resource);
        var types = document.RootElement.GetProperty("types").EnumerateObject().ToList();
        return new BotApiSpecification(
            document.RootElement.GetProperty("methods").EnumerateObject()
                .ToFrozenDictionary(method => method.Name, method => new SpecifiedMethod(method.Name, Fields(method.Value)), StringComparer.OrdinalIgnoreCase),
            types.Where(type => type.Value.TryGetProperty("fields", out _))
                .ToFrozenDictionary(type => type.Name, type => Fields(type.Value.GetProperty("fields")), StringComparer.Ordinal),
            types.Where(type => type.Value.TryGetProperty("subtypes", out _))
                .ToFrozenDictionary(type => type.Name, type => Strings(type.Value.GetProperty("subtypes")), StringComparer.Ordinal));
    }

    private static SpecifiedFields Fields(JsonElement fields) => new(
    [
        .. fields.EnumerateArray().Select(field => new SpecifiedField(
            field.GetProperty("name").GetString()!,
            [.. Strings(field.GetProperty("types")).Select(SpecifiedType.Parse)],
            field.GetProperty("required").GetBoolean())),
    ]);

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}
