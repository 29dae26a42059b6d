using System.Collections.Concurrent;
using Support.Tenants;

namespace Support.Retrieval.Dense;

/// <summary>The vectors of each tenant's last questions: what is asked by many, or again after a moment, is embedded once.</summary>
internal sealed class LastVectors
{
    // Some hundred kilobytes for each company of a busy desk.
    private const int OfTenant = 128;

    // A desk of more companies forgets them all now and then, which costs each an embedding.
    private const int MostTenants = 2_000;

    private readonly ConcurrentDictionary<TenantId, Kept> _tenants = new();

    public float[]? Find(TenantId tenant, VectorSpace space, string text) =>
        _tenants.TryGetValue(tenant, out var kept) ? kept.Find((space, text)) : null;

    public void Add(TenantId tenant, VectorSpace space, string text, float[] vector)
    {
        if (_tenants.Count >= MostTenants && !_tenants.ContainsKey(tenant))
            _tenants.Clear();
        _tenants.GetOrAdd(tenant, _ => new Kept()).Add((space, text), vector);
    }

    /// <summary>The one that was not used for longest goes.</summary>
    private sealed class Kept
    {
        private readonly Dictionary<(VectorSpace, string), LinkedListNode<((VectorSpace, string) Key, float[] Vector)>> _nodes = [];
        private readonly LinkedList<((VectorSpace, string) Key, float[] Vector)> _newestFirst = new();

        public float[]? Find((VectorSpace, string) key)
        {
            lock (_nodes)
            {
                if (!_nodes.TryGetValue(key, out var node))
                    return null;
                _newestFirst.Remove(node);
                _newestFirst.AddFirst(node);
                return node.Value.Vector;
            }
        }

        public void Add((VectorSpace, string) key, float[] vector)
        {
            lock (_nodes)
            {
                if (!_nodes.TryAdd(key, new((key, vector))))
                    return;
                _newestFirst.AddFirst(_nodes[key]);
                if (_nodes.Count <= OfTenant)
                    return;
                _nodes.Remove(_newestFirst.Last!.Value.Key);
                _newestFirst.RemoveLast();
            }
        }
    }
}
