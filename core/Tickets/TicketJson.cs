using System.Text.Json.Serialization;

namespace Support.Tickets;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<TicketPassage>))]
public sealed partial class TicketJson : JsonSerializerContext;
