using Support.Tenants;

namespace Support.Knowledge.Rounds;

/// <summary>What one kind of rounds remembers from one to the next while its process lives.</summary>
internal sealed class RoundPace(int most)
{
    private TenantId? _endedAt;

    public BatchSize Size { get; } = new(most);

    /// <summary>After the one at which the last round ended early, so that those at the front do not keep the others from their turn for ever.</summary>
    public IEnumerable<TenantId> Order(IReadOnlyList<TenantId> tenants)
    {
        var first = _endedAt is { } ended ? 1 + tenants.ToList().IndexOf(ended) : 0;
        return tenants.Skip(first).Concat(tenants.Take(first));
    }

    public void EndedAt(TenantId tenant) => _endedAt = tenant;
}
