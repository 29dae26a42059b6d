using Support.FunctionsHost.App;
using Support.FunctionsHost.Invocations;

namespace Support.FunctionsHost.Timers;

/// <summary>Fires one timer function, one invocation at a time. What it missed while it ran is not made up for.</summary>
internal sealed class TimerListener : IDisposable
{
    // The longest wait that a timer of the runtime takes is some 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(20);

    private readonly FunctionFile _function;
    private readonly Trigger.Timer _trigger;
    private readonly Invoker _invoker;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _one = new(1, 1);
    private TimerStatus? _status;

    public TimerListener(FunctionFile function, Invoker invoker, TimeProvider clock)
    {
        (_function, _trigger, _invoker, _clock) = (function, (Trigger.Timer)function.Trigger, invoker, clock);
        var now = clock.GetUtcNow();
        if (_trigger.UseMonitor && _trigger.Schedule.IsMonitored(now))
            _status = new TimerStatus(null, _trigger.Schedule.NextAfter(now), now);
    }

    public string Name => _function.Name;

    public async Task ListenAsync(CancellationToken stop)
    {
        try
        {
            if (_trigger.RunOnStartup)
                await FireAsync(pastDue: false, stop);
            while (true)
            {
                var next = _trigger.Schedule.NextAfter(_clock.GetUtcNow());
                while (next - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
                    await Task.Delay(wait < LongestWait ? wait : LongestWait, _clock, stop);
                await FireAsync(pastDue: false, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    /// <returns>Whether the invocation succeeded.</returns>
    public async Task<bool> FireAsync(bool pastDue, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            var now = _clock.GetUtcNow();
            var succeeded = await _invoker.InvokeAsync(_function, Envelope.OfTimer(_function.Name, _trigger.Binding, _status, pastDue, Guid.NewGuid(), now), cancellation);
            if (_status is not null)
                _status = new TimerStatus(now, _trigger.Schedule.NextAfter(_clock.GetUtcNow()), _clock.GetUtcNow());
            return succeeded;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
