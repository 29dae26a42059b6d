using System.Text.Json.Nodes;

namespace Support.QdrantStandIn;

/// <summary>The sparse vectors of one name, by term.</summary>
internal sealed class SparsePostings
{
    private readonly Dictionary<uint, Dictionary<long, float>> _points = [];
    private readonly Dictionary<long, uint[]> _terms = [];

    public void Put(long id, JsonNode vector)
    {
        uint[] terms = [.. vector["indices"]!.AsArray().Select(term => (uint)term!)];
        var values = vector["values"]!.AsArray();
        if (terms.Length != values.Count || terms.Distinct().Count() != terms.Length)
            throw new StandInException(422, "Validation error: indices must be unique, and as many as values");
        for (var i = 0; i < terms.Length; i++)
        {
            if (!_points.TryGetValue(terms[i], out var points))
                _points[terms[i]] = points = [];
            points[id] = (float)values[i]!;
        }
        _terms[id] = terms;
    }

    public void Remove(long id)
    {
        if (!_terms.Remove(id, out var terms))
            return;
        foreach (var term in terms)
            _points[term].Remove(id);
    }

    public void CopyTo(SparsePostings other)
    {
        foreach (var (term, points) in _points)
            other._points[term] = new Dictionary<long, float>(points);
        foreach (var (id, terms) in _terms)
            other._terms[id] = terms;
    }

    /// <summary>Dot products, greater than 0, of the points that match.</summary>
    /// <param name="corpus">What idf is counted over: ln((N − df + 0.5)/(df + 0.5) + 1), multiplied with the query's values; null for no idf.</param>
    public IEnumerable<(long Id, float Score)> Scores(JsonNode query, HashSet<long> matching, IReadOnlyCollection<long>? corpus)
    {
        var scores = new Dictionary<long, float>();
        var within = corpus as HashSet<long> ?? corpus?.ToHashSet();
        var values = query["values"]!.AsArray();
        var terms = query["indices"]!.AsArray();
        for (var i = 0; i < terms.Count; i++)
        {
            if (!_points.TryGetValue((uint)terms[i]!, out var points))
                continue;
            var weight = (float)values[i]!;
            if (within is not null)
            {
                double containing = points.Keys.Count(within.Contains);
                weight *= (float)Math.Log((within.Count - containing + .5) / (containing + .5) + 1);
            }
            foreach (var (id, value) in points)
                if (matching.Contains(id))
                    scores[id] = scores.GetValueOrDefault(id) + weight * value;
        }
        return scores.Where(one => one.Value > 0).Select(one => (one.Key, one.Value));
    }
}
