using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Confidence;

/// <summary>From which confidence on a tenant's bot answers, by its owner's choice and its own labels. Kept in the setting of the name <see cref="Key"/>.</summary>
/// <param name="Threshold">Null: the desk's default (<see cref="ConfidenceOptions.Threshold"/>). Above 1: everything goes to people.</param>
public sealed record TenantConfidence(double? Threshold)
{
    public const string Key = "confidence";

    /// <summary>A tenant that chose nothing and has no labels.</summary>
    public static readonly TenantConfidence Default = new((double?)null);

    /// <param name="json">The setting's value; null when there is none.</param>
    public static TenantConfidence Read(string? json) =>
        json is null ? Default : JsonSerializer.Deserialize(json, ConfidenceJson.Default.TenantConfidence) ?? Default;

    public string ToJson() => JsonSerializer.Serialize(this, ConfidenceJson.Default.TenantConfidence);

    public bool MayAnswer(double confidence, ConfidenceOptions options) => confidence >= (Threshold ?? options.Threshold);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TenantConfidence))]
public sealed partial class ConfidenceJson : JsonSerializerContext;
