using Support.Database;
using Support.Tenants;

namespace Support.Knowledge;

/// <summary>Follows, inside the transaction that makes it so, which chunks a tenant has. An index that follows by change number needs none.</summary>
public interface IKnowledgeFollower
{
    /// <summary>A document is about to be published; its new chunks are written, and those that go are still there. What this throws stops the publication.</summary>
    Task PublishingAsync(TenantTransaction transaction, DocumentChange change, CancellationToken cancellation);

    /// <summary>A document is about to be removed; its chunks are still there.</summary>
    Task RemovingAsync(TenantTransaction transaction, long document, CancellationToken cancellation);

    /// <summary>Something changed about the document and is committed: what is no longer true of it may go now. Safe to run again.</summary>
    Task TidyAsync(TenantId tenant, long document, CancellationToken cancellation);
}

/// <param name="Audience">From now on.</param>
public sealed record DocumentChange(long Document, Audience Audience, IReadOnlyList<long> Added, IReadOnlyList<long> Gone);

/// <summary>For the index in process, which reads what changed when it is asked.</summary>
public sealed class NoFollower : IKnowledgeFollower
{
    public Task PublishingAsync(TenantTransaction transaction, DocumentChange change, CancellationToken cancellation) => Task.CompletedTask;

    public Task RemovingAsync(TenantTransaction transaction, long document, CancellationToken cancellation) => Task.CompletedTask;

    public Task TidyAsync(TenantId tenant, long document, CancellationToken cancellation) => Task.CompletedTask;
}
