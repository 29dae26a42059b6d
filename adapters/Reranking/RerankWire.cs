using System.Text.Json.Serialization;

namespace Support.Reranking;

internal sealed record JinaRequest(string? Model, string Query, IReadOnlyList<string> Documents, int TopN);

internal sealed record JinaAnswer(IReadOnlyList<JinaScore>? Results, JinaUsage? Usage);

internal sealed record JinaScore(int Index, double RelevanceScore);

internal sealed record JinaUsage(int? TotalTokens);

internal sealed record TeiRequest(string Query, IReadOnlyList<string> Texts, bool Truncate);

internal sealed record TeiScore(int Index, double Score);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(JinaRequest))]
[JsonSerializable(typeof(JinaAnswer))]
[JsonSerializable(typeof(TeiRequest))]
[JsonSerializable(typeof(IReadOnlyList<TeiScore>))]
internal sealed partial class RerankJson : JsonSerializerContext;
