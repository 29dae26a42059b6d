using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Support.Simulation;

/// <summary>The parameters of a call after <see cref="ArgumentCheck"/>: each has the type its name promises (long, double, bool, string, <see cref="JsonElement"/> or <see cref="UploadedFile"/>).</summary>
internal sealed class Arguments(Dictionary<string, object> values)
{
    public bool Has(string name) => values.ContainsKey(name);

    public long? Integer(string name) => values.TryGetValue(name, out var value) ? value as long? : null;

    public string? String(string name) => values.TryGetValue(name, out var value) ? value as string : null;

    public bool Flag(string name) => values.TryGetValue(name, out var value) && value is true;

    public UploadedFile? File(string name) => values.TryGetValue(name, out var value) ? value as UploadedFile : null;

    public JsonElement? Json(string name) => values.TryGetValue(name, out var value) ? value as JsonElement? : null;

    public T? Object<T>(string name, JsonTypeInfo<T> type) where T : class => Json(name)?.Deserialize(type);

    public IReadOnlyList<string>? Strings(string name) =>
        Json(name) is { } array ? [.. array.EnumerateArray().Select(item => item.GetString()!)] : null;
}
