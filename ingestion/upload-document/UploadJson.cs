using System.Text.Json.Serialization;

namespace Support.Ingestion;

/// <summary>What became of an uploaded file.</summary>
/// <param name="Status">indexed, unchanged or refused.</param>
/// <param name="Changed">Chunks that are new or differ from before.</param>
/// <param name="Reason">Why it was refused; else null.</param>
public sealed record UploadReport(string Name, string Status, int Records, int Chunks, int Changed, IReadOnlyList<string> Skipped, string? Reason);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(UploadReport))]
[JsonSerializable(typeof(PublishedDocument[]))]
public sealed partial class UploadJson : JsonSerializerContext;
