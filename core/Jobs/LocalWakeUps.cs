using System.Text;

namespace Support.Jobs;

/// <summary>
/// Wake-ups that are due at once stay in the memory of the process that made them: what must be done stands in PostgreSQL
/// anyway (a conversation's due time, an outbox row), and the sweep wakes again what a dying process takes with it. That
/// spares PostgreSQL a row, its taking and its end for each. Everything else goes to the queue below.
/// </summary>
public sealed class LocalWakeUps(PostgresWorkQueue below, QueueSignals signals, TimeProvider clock) : IWorkQueue, IAsyncDisposable
{
    /// <summary>About a kilobyte each; more go to PostgreSQL.</summary>
    private const int Most = 20_000;

    // While there is local work, rows that have become due below are looked for so often.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal)
    {
        [Queues.Questions] = new Lane(clock),
        [Queues.Replies] = new Lane(clock),
    };

    private long _ids;

    public async ValueTask PutAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellation)
    {
        var job = new TakenJob(queue, -Interlocked.Increment(ref _ids), "", body, 0, 0, clock.GetUtcNow());
        if (delay <= TimeSpan.Zero && _lanes.TryGetValue(queue, out var lane) && lane.TryAdd(job))
            signals.Raise(queue, TimeSpan.Zero);
        else
            await below.PutAsync(queue, body, delay, cancellation);
    }

    public async ValueTask<IReadOnlyList<TakenJob>> TakeAsync(string queue, int most, TimeSpan hidden, CancellationToken cancellation)
    {
        if (!_lanes.TryGetValue(queue, out var lane))
            return await below.TakeAsync(queue, most, hidden, cancellation);
        if (lane.MayLookBelow(Look))
        {
            var rows = await below.TakeAsync(queue, most, hidden, cancellation);
            return [.. rows, .. lane.Take(most - rows.Count)];
        }
        var taken = lane.Take(most);
        if (taken.Count == 0)
            return await below.TakeAsync(queue, most, hidden, cancellation);
        if (lane.MayAskToLook())
            signals.Raise(queue, Look);
        return taken;
    }

    public ValueTask CompleteAsync(TakenJob job, CancellationToken cancellation) =>
        IsLocal(job) ? ValueTask.CompletedTask : below.CompleteAsync(job, cancellation);

    public ValueTask ReturnAsync(TakenJob job, TimeSpan after, bool counted, CancellationToken cancellation)
    {
        if (!IsLocal(job))
            return below.ReturnAsync(job, after, counted, cancellation);
        _ = ComeBackAsync(job with { Attempt = job.Attempt + (counted ? 1 : 0) }, after);
        return ValueTask.CompletedTask;
    }

    private async Task ComeBackAsync(TakenJob job, TimeSpan after)
    {
        if (after > TimeSpan.Zero)
            await Task.Delay(after, clock);
        _lanes[job.Queue].Add(job);
        signals.Raise(job.Queue, TimeSpan.Zero);
    }

    private static bool IsLocal(TakenJob job) => job.Id < 0;

    /// <summary>What is left goes to other processes.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (queue, lane) in _lanes)
            await Task.WhenAll(lane.Take(int.MaxValue).Select(job => below.PutAsync(queue, job.Body, TimeSpan.Zero, CancellationToken.None).AsTask()));
    }

    private sealed class Lane(TimeProvider clock)
    {
        private readonly Lock _lock = new();
        private readonly Queue<TakenJob> _jobs = new();
        private readonly HashSet<string> _bodies = new(StringComparer.Ordinal);
        private long _lookedAt;
        private int _asked;

        /// <summary>False when there is no room. One that waits already will see all that was committed before it runs, so another like it is not needed.</summary>
        public bool TryAdd(TakenJob job)
        {
            lock (_lock)
            {
                if (_jobs.Count >= Most)
                    return false;
                AddNew(job);
                return true;
            }
        }

        public void Add(TakenJob job)
        {
            lock (_lock)
                AddNew(job);
        }

        private void AddNew(TakenJob job)
        {
            if (_bodies.Add(KeyOf(job)))
                _jobs.Enqueue(job);
        }

        public List<TakenJob> Take(int most)
        {
            var taken = new List<TakenJob>();
            lock (_lock)
            {
                while (taken.Count < most && _jobs.TryDequeue(out var job))
                {
                    _bodies.Remove(KeyOf(job));
                    taken.Add(job with { Taken = job.Taken + 1 });
                }
            }
            return taken;
        }

        /// <summary>True when nobody has looked for so long; then it counts as looked.</summary>
        public bool MayLookBelow(TimeSpan every)
        {
            lock (_lock)
            {
                if (_lookedAt != 0 && clock.GetElapsedTime(_lookedAt) < every)
                    return false;
                _lookedAt = clock.GetTimestamp();
                _asked = 0;
                return true;
            }
        }

        /// <summary>True once between two looks.</summary>
        public bool MayAskToLook() => Interlocked.Exchange(ref _asked, 1) == 0;

        private static string KeyOf(TakenJob job) => Encoding.UTF8.GetString(job.Body.Span);
    }
}
