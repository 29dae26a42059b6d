using System.Text.Json.Serialization;

namespace Support.Qdrant.Wire;

internal sealed record Filter(IReadOnlyList<Condition> Must)
{
    public IReadOnlyList<HasId>? MustNot { get; init; }
}

internal sealed record Condition(string Key, Match Match);

/// <summary>One of them is set. Which name a value has on the wire is for <see cref="MatchJson"/> to know: a text and a number share one.</summary>
[JsonConverter(typeof(MatchJson))]
internal sealed record Match
{
    public string? Value { get; init; }

    public long? Number { get; init; }

    public IReadOnlyList<string>? Any { get; init; }
}

internal sealed record HasId([property: JsonPropertyName("has_id")] IReadOnlyList<long> Ids);

internal sealed record Sparse(IReadOnlyList<uint> Indices, IReadOnlyList<float> Values);

internal sealed record Points([property: JsonPropertyName("points")] IReadOnlyList<Point> All);

internal sealed record Point(long Id, PointVectors Vector, PointPayload Payload);

/// <summary>A vector that is null is left out.</summary>
internal sealed record PointVectors(Sparse? Stems, Sparse? Grams, float[]? Dense);

internal sealed record PointPayload(string TenantId, string Audience, long DocumentId, int Version);

internal sealed record DeletePoints(Filter Filter);

internal sealed record CountPoints(Filter Filter, bool Exact);

internal sealed record SetPayload(AudiencePayload Payload, Filter Filter);

internal sealed record AudiencePayload(string Audience);

internal sealed record QueryBatch(IReadOnlyList<QuerySearch> Searches);

internal sealed record QuerySearch(string Using, int Limit, Filter Filter)
{
    [JsonPropertyName("query")]
    [JsonConverter(typeof(QueryVectorJson))]
    public required QueryVector Vector { get; init; }

    public SearchParameters? Params { get; init; }
}

/// <summary>One of them is set.</summary>
internal sealed record QueryVector(Sparse? Sparse, float[]? Dense);

internal sealed record SearchParameters(IdfParameters Idf);

internal sealed record IdfParameters(Filter Corpus);

internal sealed record AliasActions(IReadOnlyList<AliasAction> Actions);

/// <summary>One of them is set.</summary>
internal sealed record AliasAction
{
    public DeleteAlias? DeleteAlias { get; init; }

    public CreateAlias? CreateAlias { get; init; }
}

internal sealed record DeleteAlias(string AliasName);

internal sealed record CreateAlias(string CollectionName, string AliasName);

internal sealed record FieldIndex(string FieldName, FieldSchema FieldSchema);

[JsonConverter(typeof(FieldSchemaJson))]
internal sealed record FieldSchema(string Type, bool IsTenant = false);

internal sealed record RecoverSnapshot(string Location, string Priority);
