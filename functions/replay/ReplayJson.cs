using System.Text.Json.Serialization;
using Support.Replay;

namespace Support.Functions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Replayed))]
[JsonSerializable(typeof(ReplayLabel))]
[JsonSerializable(typeof(ReplayLabelKept))]
public sealed partial class ReplayJson : JsonSerializerContext;
