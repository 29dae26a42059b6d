namespace Support.FunctionsHost.Queues;

/// <summary>A message that this host has taken. It stays hidden while it is held, however long the work takes.</summary>
internal sealed class HeldMessage(StorageQueue queue, QueueMessage message, TimeSpan hold, HostLog log, TimeProvider clock)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _letGo = new();
    private string _popReceipt = message.PopReceipt;
    private Task _renewing = Task.CompletedTask;

    public void Hold() => _renewing = RenewAsync();

    public Task DeleteAsync() => EndAsync(end => queue.DeleteAsync(message.Id, _popReceipt, end), "deleted");

    public Task ReturnAsync(TimeSpan after) => EndAsync(end => queue.HideAsync(message.Id, _popReceipt, after, end), "returned");

    public Task MoveAsync(StorageQueue poison) => EndAsync(async end =>
    {
        await OutputQueues.PutAsync(poison, message.Body, end);
        await queue.DeleteAsync(message.Id, _popReceipt, end);
    }, $"moved to {poison.Name}");

    /// <summary>Leaves it hidden for as long as it is.</summary>
    public Task LeaveAsync() => EndAsync(_ => Task.CompletedTask, "left");

    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(hold / 2, clock, _letGo.Token);
                _popReceipt = await queue.HideAsync(message.Id, _popReceipt, hold, _letGo.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        catch (StorageException e)
        {
            log.Warn(HostLine.Host, $"Message {message.Id} could not be held any longer: {e.Message}");
        }
    }

    // Also when the host ends: a message that is not returned would stay hidden for the whole hold.
    private async Task EndAsync(Func<CancellationToken, Task> end, string what)
    {
        await _letGo.CancelAsync();
        await _renewing;
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await end(patience.Token);
        }
        catch (StorageException e)
        {
            log.Warn(HostLine.Host, e.IsLost
                ? $"Message {message.Id} of {queue.Name} is no longer this host's and was not {what}"
                : $"Message {message.Id} of {queue.Name} was not {what}: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            log.Warn(HostLine.Host, $"Message {message.Id} of {queue.Name} was not {what} within {Farewell.TotalSeconds:0} s");
        }

        _letGo.Dispose();
    }
}
