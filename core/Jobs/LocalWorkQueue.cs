using System.Globalization;
using System.Text;

namespace Support.Jobs;

/// <summary>
/// What one process can hand to itself without asking PostgreSQL for it. Wake-ups that are due at once stay in its memory: what
/// must be done stands in PostgreSQL anyway (a conversation's due time, an outbox row), and the sweep wakes again what a dying
/// process takes with it. Updates are kept in PostgreSQL, as taken by this process (<see cref="OwnUpdates"/>). Everything else
/// goes to the queue below.
/// </summary>
public sealed class LocalWorkQueue(PostgresWorkQueue below, QueueSignals signals, TimeProvider clock) : IWorkQueue, IAsyncDisposable
{
    /// <summary>Longer than any job takes; what a dead process held is freed at once, not after this.</summary>
    public static readonly TimeSpan Hidden = TimeSpan.FromMinutes(3);

    /// <summary>About a kilobyte each; more go to PostgreSQL.</summary>
    private const int Most = 20_000;

    // PostgreSQL's ids are numbers.
    private const char LocalId = '-';

    // While there is local work, rows that have become due below are looked for so often.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, Lane> _lanes = new(StringComparer.Ordinal)
    {
        [Queues.Questions] = new Lane(clock),
        [Queues.Replies] = new Lane(clock),
    };

    private readonly OwnUpdates _updates = new();
    private readonly Looks _looks = new(clock);
    private long _ids;

    public async ValueTask PutAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellation)
    {
        if (queue == Queues.Updates && delay <= TimeSpan.Zero)
        {
            await PutUpdateAsync(body, cancellation);
            return;
        }
        var job = new TakenJob(queue, LocalId + Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture), "", body, 0, 0, clock.GetUtcNow());
        if (delay <= TimeSpan.Zero && _lanes.TryGetValue(queue, out var lane) && lane.TryAdd(job))
            signals.Raise(queue, TimeSpan.Zero);
        else
            await below.PutAsync(queue, body, delay, cancellation);
    }

    private async ValueTask PutUpdateAsync(ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        if (!_updates.Promise())
        {
            try
            {
                await below.PutAsync(Queues.Updates, body, TimeSpan.Zero, cancellation);
            }
            finally
            {
                _updates.WentBelow();
            }
            return;
        }
        try
        {
            await below.PutTakenAsync(Queues.Updates, body, Hidden, _updates.Add);
        }
        catch
        {
            _updates.GiveUp();
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<TakenJob>> TakeAsync(string queue, int most, TimeSpan hidden, CancellationToken cancellation)
    {
        if (queue == Queues.Updates)
            return await TakeUpdatesAsync(most, hidden, cancellation);
        if (!_lanes.TryGetValue(queue, out var lane))
            return await below.TakeAsync(queue, most, hidden, cancellation);
        if (lane.Looks.IsDue(Look))
        {
            lane.Looks.Begin();
            var rows = await below.TakeAsync(queue, most, hidden, cancellation);
            return [.. rows, .. lane.Take(most - rows.Count)];
        }
        var taken = lane.Take(most);
        if (taken.Count == 0)
            return await below.TakeAsync(queue, most, hidden, cancellation);
        if (lane.Looks.MayAsk())
            signals.Raise(queue, Look);
        return taken;
    }

    private async ValueTask<IReadOnlyList<TakenJob>> TakeUpdatesAsync(int most, TimeSpan hidden, CancellationToken cancellation)
    {
        var own = _updates.Take(most);
        if (own.Count > 0 && !_looks.IsDue(Look))
        {
            // What others have put, or what came back, must not wait until there is nothing of our own to do.
            if (_looks.MayAsk())
                signals.Raise(Queues.Updates, Look);
            return own;
        }
        if (own.Count == most || _updates.BeginLook() is not { } begun)
            return own;
        _looks.Begin();
        IReadOnlyList<TakenJob> rows;
        try
        {
            rows = await below.TakeAsync(Queues.Updates, most - own.Count, hidden, cancellation);
        }
        catch (Exception) when (own.Count > 0)
        {
            // These are no longer waiting anywhere else; the next look fails in the same way and says so.
            return own;
        }
        if (rows.Count < most - own.Count)
            _updates.NothingBelow(begun);
        return [.. own, .. rows];
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

    /// <summary>What waits in memory was put a moment ago; only what is below can be overdue.</summary>
    public ValueTask<bool> IsBehindAsync(string queue, TimeSpan grace, CancellationToken cancellation) => below.IsBehindAsync(queue, grace, cancellation);

    private static bool IsLocal(TakenJob job) => job.Id.StartsWith(LocalId);

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

        public Looks Looks { get; } = new(clock);

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

        private static string KeyOf(TakenJob job) => Encoding.UTF8.GetString(job.Body.Span);
    }

    /// <summary>When the rows below were last looked for. Only one pump takes from a queue.</summary>
    private sealed class Looks(TimeProvider clock)
    {
        private long _last;
        private bool _asked;

        public bool IsDue(TimeSpan every) => _last == 0 || clock.GetElapsedTime(_last) >= every;

        public void Begin() => (_last, _asked) = (clock.GetTimestamp(), false);

        /// <summary>True once between two looks.</summary>
        public bool MayAsk()
        {
            var may = !_asked;
            _asked = true;
            return may;
        }
    }
}
