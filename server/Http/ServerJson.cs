using System.Text.Json.Serialization;

namespace Support.Server.Http;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(AskBody))]
[JsonSerializable(typeof(Answered))]
[JsonSerializable(typeof(Why))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ListedDocument[]))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class ServerJson : JsonSerializerContext;
