using Support.Database;
using Support.Models;
using Support.Tenants;

namespace Support.Knowledge.Rounds;

/// <summary>One company's turn: its texts in the order of their hashes, batch by batch, each kept before the next is asked about.</summary>
internal sealed class ChunkTurn<TDone>(DeskDatabase database, IChunkWork<TDone> work, HeldLease lease, BatchSize size, TenantId tenant, TimeProvider clock)
{
    private readonly ModelUse _use = new(tenant);
    private Kept _kept;
    private bool _hasAnswered;
    private bool _isToBeTriedAgain;

    /// <param name="change">What is read from now on has seen this change of the knowledge.</param>
    /// <param name="isInDoubt">The service failed elsewhere: it is asked about one text first.</param>
    public async Task<TurnEnd> RunAsync(long change, bool isInDoubt, DateTimeOffset until, CancellationToken cancellation)
    {
        byte[] after = [];
        while (clock.GetUtcNow() < until)
        {
            var texts = await work.ReadAsync(tenant, after, isInDoubt && !_hasAnswered ? 1 : size.Now, cancellation);
            if (texts.Count == 0 && (after.Length == 0 || _isToBeTriedAgain))
                return End(_isToBeTriedAgain ? null : change, null);
            if (texts.Count == 0)
            {
                // From the beginning: what was published meanwhile may stand anywhere.
                (after, change) = ([], await KnowledgeChange.ReadAsync(database, tenant, cancellation));
                continue;
            }
            var asked = await lease.DuringAsync(token => work.AskAsync(texts, _use, change, token), cancellation);
            if (asked is null || !await StoreAsync(asked.Done, cancellation))
                return End(null, null);
            switch (asked)
            {
                case Asked<TDone>.All all:
                    _hasAnswered = true;
                    _isToBeTriedAgain |= all.IsToBeTriedAgain;
                    size.Grow();
                    after = texts[^1].Hash;
                    break;
                case Asked<TDone>.TooMuch tooMuch when texts.Count > 1:
                    _hasAnswered |= !tooMuch.Why.IsTimeout || asked.Done.Count > 0;
                    size.Shrink(texts.Count, tooMuch.Why.IsTimeout);
                    break;
                case Asked<TDone>.TooMuch tooMuch:
                    return End(null, tooMuch.Why);
                case Asked<TDone>.Failed failed:
                    _hasAnswered |= asked.Done.Count > 0;
                    return End(null, failed.Why);
            }
        }
        return End(null, null);
    }

    /// <returns>False when the lease was lost; nothing is stored then.</returns>
    private async Task<bool> StoreAsync(IReadOnlyList<TDone> done, CancellationToken cancellation)
    {
        if (done.Count == 0)
            return true;
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Lease.Extend(), cancellation);
        if (transaction is null)
            return false;
        var kept = await work.StoreAsync(transaction, done, cancellation);
        await transaction.CommitAsync(cancellation);
        _kept += kept;
        return true;
    }

    private TurnEnd End(long? complete, ModelException? failure) => new(_kept, _hasAnswered, complete, failure);
}
