using Dapper;
using Support.Database;
using Support.Tenants;

namespace Support.Retrieval.Outside;

/// <summary>Tells whether the index has as many chunks of each tenant as PostgreSQL: a lost volume or an old snapshot would only show as worse answers.</summary>
public sealed class CompareKnowledge(DeskDatabase database, IChunkVectors vectors)
{
    private const string Published = "select count(*) from chunk c join document d on d.id = c.document_id where d.tenant_id = @tenant and d.published_version is not null";

    /// <summary>The tenants where the numbers differ. While documents are being published they may do so for a moment.</summary>
    public async Task<IReadOnlyList<KnowledgeDifference>> RunAsync(CancellationToken cancellation)
    {
        await vectors.CheckAsync(cancellation);
        await using var connection = await database.Source.OpenConnectionAsync(cancellation);
        var differences = new List<KnowledgeDifference>();
        foreach (var id in (await connection.QueryAsync<Guid>("select id from tenant where knowledge_change > 0 order by id")).ToList())
        {
            var tenant = new TenantId(id);
            await using var transaction = await database.BeginAsync(tenant, cancellation);
            var published = await transaction.FirstAsync<long>(Published, new { tenant = id }, cancellation);
            var isCounted = await KnowledgeCounts.ReadAsync(transaction, cancellation) is { IsOfThisShape: true } totals && totals.Chunks == published;
            var indexed = published == 0 ? 0 : await vectors.CountAsync(tenant, cancellation);
            if (published > 0 && (!isCounted || indexed != published))
                differences.Add(new KnowledgeDifference(tenant, published, indexed, isCounted));
        }
        return differences;
    }
}

/// <param name="Published">Chunks that PostgreSQL has.</param>
/// <param name="Indexed">Chunks that the index has.</param>
/// <param name="IsCounted">The counts that scoring needs are there and of this program's shape.</param>
public sealed record KnowledgeDifference(TenantId Tenant, long Published, long Indexed, bool IsCounted)
{
    public override string ToString() =>
        $"{Tenant}: {Published} chunks are published, {Indexed} are in the index{(IsCounted ? "" : ", and their words are not counted")}. {KnowledgeIndexException.RebuildIt}";
}
