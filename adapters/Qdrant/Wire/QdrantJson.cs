using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Qdrant.Wire;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerVersion))]
[JsonSerializable(typeof(NewCollection))]
[JsonSerializable(typeof(FieldIndex))]
[JsonSerializable(typeof(Points))]
[JsonSerializable(typeof(DeletePoints))]
[JsonSerializable(typeof(SetPayload))]
[JsonSerializable(typeof(QueryBatch))]
[JsonSerializable(typeof(CountPoints))]
[JsonSerializable(typeof(Envelope<CountResult>), TypeInfoPropertyName = "Counted")]
[JsonSerializable(typeof(AliasActions))]
[JsonSerializable(typeof(RecoverSnapshot))]
[JsonSerializable(typeof(Envelope<bool?>), TypeInfoPropertyName = "Done")]
[JsonSerializable(typeof(Envelope<UpdateResult>), TypeInfoPropertyName = "Updated")]
[JsonSerializable(typeof(Envelope<QueryPoints[]>), TypeInfoPropertyName = "Queried")]
[JsonSerializable(typeof(Envelope<CollectionInfo>), TypeInfoPropertyName = "Collection")]
[JsonSerializable(typeof(Envelope<CollectionNames>), TypeInfoPropertyName = "CollectionList")]
[JsonSerializable(typeof(Envelope<AliasNames>), TypeInfoPropertyName = "AliasList")]
[JsonSerializable(typeof(Envelope<SnapshotInfo>), TypeInfoPropertyName = "Snapshot")]
[JsonSerializable(typeof(Envelope<SnapshotInfo[]>), TypeInfoPropertyName = "SnapshotList")]
internal sealed partial class QdrantJson : JsonSerializerContext;

internal sealed class MatchJson : JsonConverter<Match>
{
    public override Match Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Filters are only written.");

    public override void Write(Utf8JsonWriter writer, Match value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Any is { } any)
        {
            writer.WriteStartArray("any");
            foreach (var one in any)
                writer.WriteStringValue(one);
            writer.WriteEndArray();
        }
        else if (value.Number is { } number)
        {
            writer.WriteNumber("value", number);
        }
        else
        {
            writer.WriteString("value", value.Value);
        }
        writer.WriteEndObject();
    }
}

internal sealed class QueryVectorJson : JsonConverter<QueryVector>
{
    public override QueryVector Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Queries are only written.");

    public override void Write(Utf8JsonWriter writer, QueryVector value, JsonSerializerOptions options)
    {
        if (value.Sparse is not { } sparse)
        {
            Write(writer, value.Dense!);
            return;
        }
        writer.WriteStartObject();
        writer.WriteStartArray("indices");
        foreach (var index in sparse.Indices)
            writer.WriteNumberValue(index);
        writer.WriteEndArray();
        writer.WritePropertyName("values");
        Write(writer, sparse.Values);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, IReadOnlyList<float> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }
}

internal sealed class FieldSchemaJson : JsonConverter<FieldSchema>
{
    public override FieldSchema Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Indexes are only written.");

    public override void Write(Utf8JsonWriter writer, FieldSchema value, JsonSerializerOptions options)
    {
        if (!value.IsTenant)
        {
            writer.WriteStringValue(value.Type);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("type", value.Type);
        writer.WriteBoolean("is_tenant", value: true);
        writer.WriteEndObject();
    }
}
