namespace Support.Contracts;

/// <summary>Time that passes when a test says so. Timers fire inside <see cref="Advance"/>, in the order they are due.</summary>
public sealed class ManualClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _armed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan time)
    {
        var until = GetUtcNow() + time;
        while (NextDue(until) is { } timer)
            timer.Fire();
        lock (_lock)
            _now = until;
    }

    /// <summary>Waits until something waits for a time of this length, so that advancing the clock cannot come too early.</summary>
    /// <returns>The time until it is due. Advance by exactly that: what it sets off may arm the next timer at any moment.</returns>
    public async Task<TimeSpan> ArmedAsync(TimeSpan atLeast, TimeSpan? atMost = null)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_timers.Find(timer => timer.DueAt - _now >= atLeast && timer.DueAt - _now <= (atMost ?? atLeast)) is { } found)
                    return found.DueAt - _now;
                next = _armed.Task;
            }

            await next.WaitAsync(Patience);
        }
    }

    /// <summary>How many timers are due in exactly this time.</summary>
    public int Armed(TimeSpan due)
    {
        lock (_lock)
            return _timers.Count(timer => timer.DueAt - _now == due);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? NextDue(DateTimeOffset until)
    {
        lock (_lock)
        {
            var timer = _timers.Where(t => t.DueAt <= until).MinBy(t => t.DueAt);
            if (timer is null)
                return null;
            _now = timer.DueAt > _now ? timer.DueAt : _now;
            if (timer.Period > TimeSpan.Zero)
                timer.DueAt += timer.Period;
            else
                _timers.Remove(timer);
            return timer;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        TaskCompletionSource armed;
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
                return;
            timer.DueAt = _now + dueTime;
            timer.Period = period;
            _timers.Add(timer);
            armed = _armed;
            _armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        armed.SetResult();
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; set; }

        public TimeSpan Period { get; set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose() => clock.Arm(this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
