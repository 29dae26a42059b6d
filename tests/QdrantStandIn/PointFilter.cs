using System.Text.Json.Nodes;

namespace Support.QdrantStandIn;

/// <summary>The conditions that the desk uses: a value, any of several, ids; all of must and none of must_not.</summary>
internal static class PointFilter
{
    public static Func<long, JsonObject, bool> Read(JsonNode filter)
    {
        foreach (var (key, _) in filter.AsObject())
            if (key is not ("must" or "must_not"))
                throw new StandInException(400, $"The stand-in does not know {key} in a filter.");
        var must = Conditions(filter["must"]);
        var mustNot = Conditions(filter["must_not"]);
        return (id, payload) => must.TrueForAll(condition => condition(id, payload)) && !mustNot.Exists(condition => condition(id, payload));
    }

    private static List<Func<long, JsonObject, bool>> Conditions(JsonNode? conditions) => conditions is null ? [] : [.. conditions.AsArray().Select(one => Condition(one!))];

    private static Func<long, JsonObject, bool> Condition(JsonNode condition)
    {
        if (condition["has_id"] is JsonArray ids)
        {
            var wanted = ids.Select(id => (long)id!).ToHashSet();
            return (id, _) => wanted.Contains(id);
        }
        var key = (string)condition["key"]!;
        if (condition["match"]?["any"] is JsonArray any)
        {
            var values = any.Select(one => one!.ToJsonString()).ToHashSet(StringComparer.Ordinal);
            return (_, payload) => payload[key] is { } value && values.Contains(value.ToJsonString());
        }
        var expected = condition["match"]?["value"]?.ToJsonString() ?? throw new StandInException(400, "The stand-in does not know this condition.");
        return (_, payload) => payload[key] is { } value && value.ToJsonString() == expected;
    }
}
