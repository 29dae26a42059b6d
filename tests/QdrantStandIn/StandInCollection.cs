using System.Text.Json.Nodes;

namespace Support.QdrantStandIn;

/// <summary>One collection: points with named vectors and a payload, all looked at for every query.</summary>
internal sealed class StandInCollection(JsonObject configuration)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, JsonObject> _payloads = [];
    private readonly Dictionary<string, SparsePostings> _sparse = Names(configuration["sparse_vectors"]).ToDictionary(name => name, _ => new SparsePostings(), StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<long, float[]>> _dense = Names(configuration["vectors"]).ToDictionary(name => name, _ => new Dictionary<long, float[]>(), StringComparer.Ordinal);
    private readonly JsonObject _fields = [];
    private int _operations;

    public IReadOnlyList<long> Ids
    {
        get
        {
            lock (_lock)
                return [.. _payloads.Keys];
        }
    }

    public StandInCollection Copy()
    {
        lock (_lock)
        {
            var copy = new StandInCollection(configuration.DeepClone().AsObject());
            foreach (var (id, payload) in _payloads)
                copy._payloads[id] = payload.DeepClone().AsObject();
            foreach (var (name, postings) in _sparse)
                postings.CopyTo(copy._sparse[name]);
            foreach (var (name, vectors) in _dense)
                foreach (var (id, vector) in vectors)
                    copy._dense[name][id] = vector;
            return copy;
        }
    }

    public JsonNode Describe()
    {
        lock (_lock)
        {
            var parameters = new JsonObject { ["vectors"] = configuration["vectors"]?.DeepClone() ?? new JsonObject(), ["sparse_vectors"] = configuration["sparse_vectors"]?.DeepClone() };
            return new JsonObject
            {
                ["status"] = "green",
                ["optimizer_status"] = "ok",
                ["points_count"] = _payloads.Count,
                ["segments_count"] = 1,
                ["config"] = new JsonObject { ["params"] = parameters, ["hnsw_config"] = configuration["hnsw_config"]?.DeepClone() ?? new JsonObject(), ["optimizer_config"] = new JsonObject() },
                ["payload_schema"] = _fields.DeepClone(),
            };
        }
    }

    public int IndexField(JsonNode body)
    {
        lock (_lock)
        {
            _fields[(string)body["field_name"]!] = new JsonObject { ["data_type"] = body["field_schema"] is JsonObject typed ? typed["type"]!.DeepClone() : body["field_schema"]!.DeepClone(), ["points"] = 0 };
            return ++_operations;
        }
    }

    public int Put(JsonNode body)
    {
        lock (_lock)
        {
            foreach (var point in body["points"]!.AsArray())
            {
                var id = (long)point!["id"]!;
                Remove(id);
                _payloads[id] = point["payload"]!.DeepClone().AsObject();
                foreach (var (name, vector) in point["vector"]!.AsObject())
                    PutVector(id, name, vector!);
            }
            return ++_operations;
        }
    }

    public int Delete(JsonNode body)
    {
        lock (_lock)
        {
            foreach (var id in Matching(body["filter"]!))
                Remove(id);
            return ++_operations;
        }
    }

    public int SetPayload(JsonNode body)
    {
        lock (_lock)
        {
            foreach (var id in Matching(body["filter"]!))
                foreach (var (key, value) in body["payload"]!.AsObject())
                    _payloads[id][key] = value?.DeepClone();
            return ++_operations;
        }
    }

    public JsonNode Count(JsonNode body)
    {
        lock (_lock)
            return new JsonObject { ["count"] = Matching(body["filter"]!).Count };
    }

    public JsonNode Query(JsonNode body, bool knowsIdfCorpus)
    {
        lock (_lock)
            return new JsonArray([.. body["searches"]!.AsArray().Select(search => new JsonObject
            {
                ["points"] = new JsonArray([.. Best(search!, knowsIdfCorpus).Select(found => new JsonObject { ["id"] = found.Id, ["version"] = 0, ["score"] = found.Score })]),
            })]);
    }

    private IEnumerable<(long Id, float Score)> Best(JsonNode search, bool knowsIdfCorpus)
    {
        var matching = Matching(search["filter"]!);
        var name = (string)search["using"]!;
        var scores = search["query"] is JsonArray dense
            ? Cosines.Of([.. dense.Select(value => (float)value!)], DenseNamed(name), matching)
            : SparseNamed(name).Scores(search["query"]!, matching, HasIdf(name) ? Corpus(search, knowsIdfCorpus) : null);
        return scores.OrderByDescending(one => one.Score).ThenBy(one => one.Id).Take((int)search["limit"]!);
    }

    /// <summary>What idf is counted over: all points, unless the query says otherwise and the version understands it.</summary>
    private IReadOnlyCollection<long> Corpus(JsonNode search, bool knowsIdfCorpus) =>
        search["params"]?["idf"]?["corpus"] is not { } corpus ? _payloads.Keys
        : knowsIdfCorpus ? Matching(corpus)
        : throw new StandInException(400, "This version does not know idf.corpus.");

    private bool HasIdf(string name) => (string?)configuration["sparse_vectors"]?[name]?["modifier"] == "idf";

    private HashSet<long> Matching(JsonNode filter)
    {
        var matches = PointFilter.Read(filter);
        return [.. _payloads.Where(point => matches(point.Key, point.Value)).Select(point => point.Key)];
    }

    private void PutVector(long id, string name, JsonNode vector)
    {
        if (vector is JsonArray values)
            DenseNamed(name)[id] = values.Count == (int)configuration["vectors"]![name]!["size"]!
                ? [.. values.Select(value => (float)value!)]
                : throw new StandInException(400, $"Wrong input: Vector dimension error: expected dim: {configuration["vectors"]![name]!["size"]}, got {values.Count}");
        else
            SparseNamed(name).Put(id, vector);
    }

    private void Remove(long id)
    {
        _payloads.Remove(id);
        foreach (var postings in _sparse.Values)
            postings.Remove(id);
        foreach (var vectors in _dense.Values)
            vectors.Remove(id);
    }

    private SparsePostings SparseNamed(string name) => _sparse.GetValueOrDefault(name) ?? throw NoVector(name);

    private Dictionary<long, float[]> DenseNamed(string name) => _dense.GetValueOrDefault(name) ?? throw NoVector(name);

    private static StandInException NoVector(string name) => new(400, $"Wrong input: Not existing vector name error: {name}");

    private static IEnumerable<string> Names(JsonNode? named) => named?.AsObject().Select(one => one.Key) ?? [];
}
