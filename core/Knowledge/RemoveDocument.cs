using Support.Database;

namespace Support.Knowledge;

/// <summary>A document goes: from the moment of the commit no answer uses it. Its bytes go too. What must be woken is woken by whoever commits.</summary>
public static class RemoveDocument
{
    private const string Remove =
        """
        with counted as (update tenant set knowledge_change = knowledge_change + 1 where id = @tenant returning knowledge_change),
        versions as (update document_version set state = 'removed', bytes = '' where document_id = @document and state in ('published', 'queued')),
        chunks as (delete from chunk where document_id = @document),
        noted as (insert into audit (tenant_id, at, person_id, action, subject) values (@tenant, @now, @by, 'remove-document', @document::text))
        update document set removed_at = @now, published_version = null, change = (select knowledge_change from counted)
        where id = @document and removed_at is null
        returning name
        """;

    /// <returns>The document's name; null when there is none or it was removed before.</returns>
    public static async Task<string?> InsideAsync(TenantTransaction transaction, IKnowledgeFollower follower, long document, long? by, DateTimeOffset now, CancellationToken cancellation)
    {
        if (!await transaction.FirstAsync<bool>("select exists (select from document where id = @document and removed_at is null for update)", new { document }, cancellation))
            return null;
        await follower.RemovingAsync(transaction, document, cancellation);
        return await transaction.FirstAsync<string>(Remove, new { tenant = transaction.Tenant.Value, document, by, now }, cancellation);
    }
}
