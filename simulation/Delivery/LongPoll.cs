namespace Support.Simulation;

/// <summary>A getUpdates that waits: woken by an update, or ended because another call took its place.</summary>
internal sealed class LongPoll
{
    private readonly TaskCompletionSource<Refusal?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake() => _end.TrySetResult(null);

    public void EndWith(Refusal refusal) => _end.TrySetResult(refusal);

    /// <summary>Returns after an update or after the time; throws the refusal it was ended with.</summary>
    public async Task WaitAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellation)
    {
        try
        {
            if (await _end.Task.WaitAsync(time, clock, cancellation) is { } refusal)
                throw refusal;
        }
        catch (TimeoutException)
        {
            // Nothing came: an empty answer, as Telegram gives it.
        }
    }
}
