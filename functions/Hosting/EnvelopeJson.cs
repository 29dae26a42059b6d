using System.Text.Json.Serialization;

namespace Support.Hosting;

[JsonSerializable(typeof(string))]
internal sealed partial class EnvelopeJson : JsonSerializerContext;
