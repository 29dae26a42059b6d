using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Support.Simulation;

/// <summary>The result of a call that succeeded, still to be written out.</summary>
internal sealed record Reply(Action<Utf8JsonWriter> WriteResult, string? Description = null)
{
    public static readonly Reply True = new(static writer => writer.WriteBooleanValue(true));

    public static Reply TrueWith(string description) => True with { Description = description };

    public static Reply Of<T>(T result, JsonTypeInfo<T> type) => new(writer => JsonSerializer.Serialize(writer, result, type));
}
