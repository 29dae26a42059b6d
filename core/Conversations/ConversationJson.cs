using System.Text.Json.Serialization;

namespace Support.Conversations;

// jsonb keeps keys in an order of its own, so "kind" may come after what it tells apart.
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(Outgoing))]
[JsonSerializable(typeof(Medium))]
public sealed partial class ConversationJson : JsonSerializerContext;
