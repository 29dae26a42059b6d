using Support.Retrieval;
using Support.Tenants;

namespace Support.Ingestion;

/// <summary>Registered where questions are answered by the very process that takes documents in: whoever hands one in is told when the next question can find it.</summary>
public sealed class IndexInThisProcess(IKnowledgeIndex index)
{
    public ValueTask ReachAsync(TenantId tenant, long change, CancellationToken cancellation) => index.ReachAsync(tenant, change, cancellation);
}
