namespace Support.Models;

/// <summary>Calls within what is left of the time that all calls for a question may take.</summary>
public static class Patience
{
    /// <exception cref="ModelException">The time is over; the call's own failures pass as they are.</exception>
    public static async Task<T> CallAsync<T>(this ModelUse use, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, use.Patience);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested && use.Patience.IsCancellationRequested)
        {
            throw new ModelException(ModelFailure.Unavailable, "The time that all calls for one question may take is over (Support__Generation__Patience).");
        }
    }
}
