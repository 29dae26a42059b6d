using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Queues;

/// <summary>
/// Polls one queue for its function: a batch at a time, the next as soon as no more than newBatchThreshold messages are being
/// worked on, and with growing pauses while there are none.
/// </summary>
internal sealed class QueueListener(StorageQueue queue, QueueSettings settings, TimeSpan hold, MessageRun run, HostLog log, TimeProvider clock)
{
    private readonly HashSet<Task> _running = [];
    private readonly PollingPause _pause = new(settings.LongestPause);
    private bool _troubled;

    /// <summary>Until <paramref name="stop"/>; then it waits for the messages that are being worked on.</summary>
    /// <param name="abort">Ends their work.</param>
    public async Task ListenAsync(CancellationToken stop, CancellationToken abort)
    {
        try
        {
            while (true)
            {
                if (await TakeAsync(stop, abort))
                    await BelowThresholdAsync(stop);
                else
                    await Task.Delay(_pause.Next(), clock, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Task.WhenAll(_running);
        }
    }

    private async Task<bool> TakeAsync(CancellationToken stop, CancellationToken abort)
    {
        IReadOnlyList<QueueMessage> messages;
        try
        {
            messages = await queue.TakeAsync(settings.BatchSize, hold, stop);
            _troubled = false;
        }
        catch (StorageException e)
        {
            await TroubleAsync(e, stop);
            return false;
        }

        foreach (var message in messages)
            _running.Add(run.RunAsync(message, abort));
        if (messages.Count > 0)
            _pause.Found();
        return messages.Count > 0;
    }

    private async Task TroubleAsync(StorageException trouble, CancellationToken stop)
    {
        if (trouble.Code == StorageException.NoQueue && await CreatedAsync(stop))
            return;
        if (!_troubled)
            log.Error(HostLine.Host, trouble.Message);
        _troubled = true;
    }

    private async Task<bool> CreatedAsync(CancellationToken stop)
    {
        try
        {
            await queue.CreateAsync(stop);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }

    private async Task BelowThresholdAsync(CancellationToken stop)
    {
        _running.RemoveWhere(task => task.IsCompleted);
        while (_running.Count > settings.NewBatchThreshold)
            _running.Remove(await Task.WhenAny(_running).WaitAsync(stop));
    }
}
