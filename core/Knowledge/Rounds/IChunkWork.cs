using Support.Database;
using Support.Models;
using Support.Tenants;

namespace Support.Knowledge.Rounds;

/// <summary>What a round asks a model about texts of chunks, and where it keeps the answers. What is missing is found by asking PostgreSQL, so there is no message to lose.</summary>
/// <typeparam name="TDone">What is kept for one text.</typeparam>
internal interface IChunkWork<TDone>
{
    /// <summary>Begins the names of its leases.</summary>
    string Name { get; }

    /// <summary>Companies for which something may be missing.</summary>
    Task<IReadOnlyList<TenantId>> TenantsAsync(CancellationToken cancellation);

    /// <summary>Texts for which something is missing, in the order of their hashes.</summary>
    /// <param name="after">The last hash that was seen.</param>
    /// <param name="most">Fewer may come; none only after the last.</param>
    Task<IReadOnlyList<ChunkText>> ReadAsync(TenantId tenant, byte[] after, int most, CancellationToken cancellation);

    /// <summary>Calls the model. What fails is told, not thrown.</summary>
    /// <param name="change">The change of the knowledge that was read.</param>
    Task<Asked<TDone>> AskAsync(IReadOnlyList<ChunkText> texts, ModelUse use, long change, CancellationToken cancellation);

    /// <returns>What became of them, by what was kept of them before as well.</returns>
    Task<Kept> StoreAsync(TenantTransaction transaction, IReadOnlyList<TDone> done, CancellationToken cancellation);

    /// <summary>The end of a company's turn, in the transaction that gives its lease back.</summary>
    /// <param name="complete">Every text published up to this change was looked at; null when some are left.</param>
    Task FinishAsync(TenantTransaction transaction, long? complete, CancellationToken cancellation);

    /// <summary>Logs how a turn ended.</summary>
    void Tell(TenantId tenant, TurnEnd end);

    /// <summary>Logs what nobody expected in a turn. The next round tries again.</summary>
    void Tell(TenantId tenant, Exception failure);
}
