using System.Threading.Channels;

namespace Support.Jobs;

/// <summary>
/// Callers that arrive at the same time share one write, and with it one flush to the disk: the way from some hundred
/// durable puts a second to ten thousand.
/// </summary>
internal sealed class GroupCommit<T> : IAsyncDisposable
{
    private readonly Channel<Pending> _pending;
    private readonly Task[] _writers;
    private readonly int _most;
    private readonly Func<IReadOnlyList<T>, Task> _write;

    /// <param name="writers">How many writes may be under way: while one is flushed the next one gathers.</param>
    /// <param name="most">Items in one write at most.</param>
    /// <param name="waiting">Items that may wait; more are refused at once, which is the honest answer to overload.</param>
    public GroupCommit(int writers, int most, int waiting, Func<IReadOnlyList<T>, Task> write)
    {
        _most = most;
        _write = write;
        _pending = Channel.CreateBounded<Pending>(new BoundedChannelOptions(waiting) { FullMode = BoundedChannelFullMode.Wait });
        _writers = [.. Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync))];
    }

    public Task AddAsync(T item)
    {
        var pending = new Pending(item);
        return _pending.Writer.TryWrite(pending)
            ? pending.Written.Task
            : Task.FromException(new QueueUnavailableException("Too many jobs wait to be kept; try again shortly.", null));
    }

    private async Task WriteAsync()
    {
        var taken = new List<Pending>(_most);
        var items = new List<T>(_most);
        while (await _pending.Reader.WaitToReadAsync())
        {
            while (taken.Count < _most && _pending.Reader.TryRead(out var one))
            {
                taken.Add(one);
                items.Add(one.Item);
            }
            if (taken.Count == 0)
                continue;
            await WriteOnceAsync(taken, items);
            taken.Clear();
            items.Clear();
        }
    }

    private async Task WriteOnceAsync(List<Pending> taken, List<T> items)
    {
        try
        {
            await _write(items);
            foreach (var one in taken)
                one.Written.SetResult();
        }
        catch (Exception e)
        {
            // Each caller gets the failure; the boundary that called logs it.
            foreach (var one in taken)
                one.Written.SetException(e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await Task.WhenAll(_writers);
    }

    private sealed class Pending(T item)
    {
        public T Item { get; } = item;

        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
