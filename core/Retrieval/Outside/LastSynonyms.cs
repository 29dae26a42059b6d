using System.Collections.Concurrent;
using Support.Tenants;
using Support.Text;

namespace Support.Retrieval.Outside;

/// <summary>
/// Each tenant's own words as its last question found them: a question's first journey must name its words' relatives before it has read which there
/// are. Each journey reads them anew, so what is old here costs one journey more and never another answer.
/// </summary>
internal sealed class LastSynonyms
{
    private readonly ConcurrentDictionary<TenantId, (string Json, Thesaurus Thesaurus)> _tenants = new();

    public Thesaurus Of(TenantId tenant) => _tenants.TryGetValue(tenant, out var last) ? last.Thesaurus : Thesaurus.General;

    /// <param name="json">What PostgreSQL has now; null for a tenant without words of its own, of which nothing is kept.</param>
    public Thesaurus Now(TenantId tenant, string? json)
    {
        if (_tenants.TryGetValue(tenant, out var last) && last.Json == json)
            return last.Thesaurus;
        var synonyms = SynonymLines.Read(json);
        var thesaurus = synonyms.ToThesaurus();
        if (synonyms.Lines.Count == 0)
            _tenants.TryRemove(tenant, out _);
        else
            _tenants[tenant] = (json!, thesaurus);
        return thesaurus;
    }
}
