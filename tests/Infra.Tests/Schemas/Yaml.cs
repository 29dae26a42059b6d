using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Support.Tests.Schemas;

internal static class Yaml
{
    /// <summary>Anchors and merges resolved, plain scalars as numbers and truths where YAML takes them so.</summary>
    public static JsonNode ToJson(string yaml)
    {
        var read = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize(new MergingParser(new Parser(new StringReader(yaml))));
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(read))!;
    }
}
