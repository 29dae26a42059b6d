using System.Text.Json.Serialization;

namespace Support.Server.Supervisor;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(DeskSecrets))]
[JsonSerializable(typeof(StoredToken))]
[JsonSerializable(typeof(DeskFile))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class SupervisorJson : JsonSerializerContext;
