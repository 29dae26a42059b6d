using Support.Database;
using Support.Jobs;

namespace Support.Knowledge.Rounds;

/// <summary>The lease of a company's turn while models are called: held on longer before each call, and again and again while it lasts, however slow the service is.</summary>
internal sealed class HeldLease(DeskDatabase database, Lease lease, TimeProvider clock)
{
    private static readonly TimeSpan Between = Lease.Length / 3;

    public Lease Lease => lease;

    /// <returns>Null when the lease was lost before the call or while it lasted; the call was then not made, or given up.</returns>
    public async Task<T?> DuringAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
        where T : class
    {
        if (!await lease.ExtendAsync(database.Light, cancellation))
            return null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var holding = HoldAsync(over);
        try
        {
            var result = await call(over.Token);
            return over.IsCancellationRequested ? null : result;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && over.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await over.CancelAsync();
            await holding;
        }
    }

    private async Task HoldAsync(CancellationTokenSource over)
    {
        try
        {
            do
                await Task.Delay(Between, clock, over.Token);
            while (await lease.ExtendAsync(database.Light, over.Token));
            await over.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The call has ended.
        }
        catch (Exception e) when (DeskDatabase.IsAway(e))
        {
            // Whoever stores what the call brought finds out whether it is still held.
        }
    }
}
