using System.Text.Json.Serialization;

namespace Support.Functions;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(AskBody))]
[JsonSerializable(typeof(Answered))]
[JsonSerializable(typeof(Why))]
[JsonSerializable(typeof(ShownCertificate))]
[JsonSerializable(typeof(SetUpReport))]
[JsonSerializable(typeof(Dictionary<string, double>))]
public sealed partial class DeskJson : JsonSerializerContext;
