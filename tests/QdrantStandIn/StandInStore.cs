using System.Text.Json.Nodes;

namespace Support.QdrantStandIn;

/// <summary>Collections, what they are called besides, and copies of them.</summary>
internal sealed class StandInStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StandInCollection> _collections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Collection, StandInCollection Copy)> _snapshots = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Collections
    {
        get
        {
            lock (_lock)
                return [.. _collections.Keys];
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _collections.Clear();
            _aliases.Clear();
        }
    }

    public StandInCollection Find(string name)
    {
        lock (_lock)
            return _collections.GetValueOrDefault(_aliases.GetValueOrDefault(name, name))
                ?? throw new StandInException(404, $"Not found: Collection `{name}` doesn't exist!");
    }

    public JsonNode Create(string name, JsonNode body)
    {
        lock (_lock)
            return _collections.TryAdd(name, new StandInCollection(body.DeepClone().AsObject()))
                ? true
                : throw new StandInException(409, $"Wrong input: Collection `{name}` already exists!");
    }

    public JsonNode Remove(string name)
    {
        lock (_lock)
        {
            foreach (var alias in _aliases.Where(one => one.Value == name).Select(one => one.Key).ToList())
                _aliases.Remove(alias);
            return _collections.Remove(name);
        }
    }

    public JsonNode Aliases()
    {
        lock (_lock)
            return new JsonObject { ["aliases"] = new JsonArray([.. _aliases.Select(one => new JsonObject { ["alias_name"] = one.Key, ["collection_name"] = one.Value })]) };
    }

    public JsonNode ChangeAliases(JsonNode body)
    {
        lock (_lock)
        {
            foreach (var action in body["actions"]!.AsArray())
                if (action!["delete_alias"] is { } delete)
                    _aliases.Remove((string)delete["alias_name"]!);
                else if (action["create_alias"] is { } create)
                    _aliases[(string)create["alias_name"]!] = Existing((string)create["collection_name"]!);
                else
                    throw new StandInException(400, "The stand-in does not carry out this change of an alias.");
            return true;
        }
    }

    public JsonNode Snapshot(string collection)
    {
        var copy = Find(collection).Copy();
        lock (_lock)
        {
            var name = $"{collection}-{_snapshots.Count + 1}.snapshot";
            _snapshots[name] = (collection, copy);
            return Describe(name, copy);
        }
    }

    public JsonNode Snapshots(string collection)
    {
        lock (_lock)
            return new JsonArray([.. _snapshots.Where(one => one.Value.Collection == collection).Select(one => Describe(one.Key, one.Value.Copy))]);
    }

    public JsonNode Download(string collection, string snapshot)
    {
        lock (_lock)
            return _snapshots.TryGetValue(snapshot, out var kept) && kept.Collection == collection
                ? new JsonArray([.. kept.Copy.Ids.Order().Select(id => JsonValue.Create(id))])
                : throw new StandInException(404, $"Not found: Snapshot {snapshot} not found");
    }

    public JsonNode Recover(string collection, JsonNode body)
    {
        var name = ((string)body["location"]!).Split('/')[^1];
        lock (_lock)
        {
            if (!_snapshots.TryGetValue(name, out var kept))
                throw new StandInException(400, $"Bad request: Snapshot file {name} does not exist");
            _collections[collection] = kept.Copy.Copy();
            return true;
        }
    }

    private string Existing(string collection) =>
        _collections.ContainsKey(collection) ? collection : throw new StandInException(404, $"Not found: Collection `{collection}` doesn't exist!");

    private static JsonObject Describe(string name, StandInCollection copy) =>
        new() { ["name"] = name, ["creation_time"] = "2026-01-01T00:00:00", ["size"] = 1000 + copy.Ids.Count };
}
