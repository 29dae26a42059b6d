using System.Text.Json.Serialization;

namespace Support.Knowledge;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DocumentReport))]
public sealed partial class KnowledgeJson : JsonSerializerContext;
