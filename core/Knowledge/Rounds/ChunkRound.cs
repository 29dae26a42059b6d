using Support.Database;
using Support.Jobs;
using Support.Models;
using Support.Tenants;

namespace Support.Knowledge.Rounds;

/// <summary>
/// Has a model do what is missing for the chunks of each company in turn. A round that dies has kept what it had stored, and the next one goes on. Of several processes one does it for
/// a company, under a lease; the others pass over that company. No company keeps the others waiting: neither one whose budget is spent, nor one whose texts fail.
/// </summary>
public sealed class ChunkRound(DeskDatabase database, WorkerInstance instance, TimeProvider clock)
{
    /// <summary>A function may run for some minutes; what is left over is for the next round.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(4);

    internal async Task RunAsync<TDone>(IChunkWork<TDone> work, RoundPace pace, CancellationToken cancellation)
    {
        var until = clock.GetUtcNow() + Longest;
        var service = new ServiceHealth();
        foreach (var tenant in pace.Order(await work.TenantsAsync(cancellation)))
        {
            if (clock.GetUtcNow() >= until)
                return;
            try
            {
                if (await TurnAsync(work, pace.Size, tenant, service.IsInDoubt, until, cancellation) is not { } end)
                    continue;
                work.Tell(tenant, end);
                if (!service.GoesOn(end.HasAnswered, end.Failure))
                    return;
            }
            catch (Exception e) when (e is not OperationCanceledException && !DeskDatabase.IsAway(e))
            {
                work.Tell(tenant, e);
            }
            finally
            {
                pace.EndedAt(tenant);
            }
        }
    }

    /// <returns>Null when another process has the lease.</returns>
    private async Task<TurnEnd?> TurnAsync<TDone>(IChunkWork<TDone> work, BatchSize size, TenantId tenant, bool isInDoubt, DateTimeOffset until, CancellationToken cancellation)
    {
        var lease = Lease.On($"{work.Name}:{tenant}");
        if (await TakeAsync(lease, tenant, cancellation) is not { } change)
            return null;
        try
        {
            var turn = new ChunkTurn<TDone>(database, work, new HeldLease(database, lease, clock), size, tenant, clock);
            var end = await turn.RunAsync(change, isInDoubt, until, cancellation);
            await using var transaction = await TenantTransaction.BeginAfterAsync(database.Source, tenant, lease.Release(), cancellation);
            // Null: the lease was lost, and what is left to do is another process's.
            if (transaction is not null)
            {
                await work.FinishAsync(transaction, end.Complete, cancellation);
                await transaction.CommitAsync(cancellation);
            }
            return end;
        }
        catch
        {
            await lease.TryReleaseAsync(database.Light);
            throw;
        }
    }

    /// <returns>The change that what is read from now on has seen.</returns>
    private async Task<long?> TakeAsync(Lease lease, TenantId tenant, CancellationToken cancellation)
    {
        await using var transaction = await TenantTransaction.BeginAfterAsync(database.Light, tenant, lease.Take(instance), cancellation);
        if (transaction is null)
            return null;
        var change = await KnowledgeChange.ReadAsync(transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        return change;
    }
}
