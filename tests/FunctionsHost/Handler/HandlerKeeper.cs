using System.ComponentModel;
using Support.FunctionsHost.App;

namespace Support.FunctionsHost.Handler;

/// <summary>
/// Keeps the handler running as the host does: a non-zero exit and a start that takes longer than 30 seconds are errors, after
/// which it is started again; the third error stops the host. An exit with 0 is the handler's own wish, and it stays away.
/// </summary>
internal sealed class HandlerKeeper(HandlerCommand command, FunctionApp app, AppSettings settings, Readiness readiness, HostLog log, TimeProvider clock) : IAsyncDisposable
{
    private const int MostErrors = 3;

    // Errors further apart than this are not one trouble.
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource<HandlerProcess?> _ready = Unready();
    private HandlerProcess? _current;
    private Task _keep = Task.CompletedTask;
    private DateTimeOffset _lastError;
    private int _errors;

    /// <summary>Completes with the reason when the host stops because of too many errors.</summary>
    public Task<string> Stopped => _stopped.Task;

    /// <summary>How the handler ended that was not started again.</summary>
    public string WhyNone { get; private set; } = "it was not started";

    public int? Pid
    {
        get
        {
            lock (_lock)
                return _current is { Exited.IsCompleted: false } current ? current.Pid : null;
        }
    }

    public void Start() => _keep = KeepAsync();

    /// <summary>Waits while the handler is being started.</summary>
    /// <returns>Null when there is none and there will be none.</returns>
    public Task<HandlerProcess?> ReadyAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_ready.Task is { IsCompletedSuccessfully: true, Result.Exited.IsCompleted: true })
                _ready = Unready();
            return _ready.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Kills the handler without a warning; it is started again, and this is no error.</summary>
    /// <returns>When it is dead.</returns>
    public async Task KillAsync()
    {
        HandlerProcess? current;
        lock (_lock)
        {
            current = _current;
            if (current is null or { Exited.IsCompleted: true })
                return;
            _ready = Unready(_ready);
            current.Kill();
        }

        await current.Exited;
    }

    private async Task KeepAsync()
    {
        var going = true;
        while (going && !_stop.IsCancellationRequested)
        {
            try
            {
                using var handler = await HandlerProcess.StartAsync(command, app.Folder, settings, log);
                going = await LiveAsync(handler);
            }
            catch (Exception e) when (e is Win32Exception or IOException)
            {
                going = Count($"{command.Executable} could not be started: {e.Message}");
            }
        }

        Away();
    }

    /// <returns>Whether another life follows.</returns>
    private async Task<bool> LiveAsync(HandlerProcess handler)
    {
        lock (_lock)
        {
            _current = handler;
            if (_stop.IsCancellationRequested)
                handler.Kill();
        }

        var began = await readiness.WaitAsync(handler, CancellationToken.None);
        if (began)
            Ready(handler);
        else if (!handler.Exited.IsCompleted)
            handler.Kill();
        await handler.Exited;
        lock (_lock)
        {
            _ready = Unready(_ready);
            _current = null;
        }

        return !_stop.IsCancellationRequested && await JudgeAsync(handler, began);
    }

    private async Task<bool> JudgeAsync(HandlerProcess handler, bool began)
    {
        if (handler.Intended)
            return began || Count("the handler did not answer GET / within 30 s");
        var errors = await handler.LastErrorsAsync();
        var ended = $"the handler exited with {handler.ExitCode}{(errors.Length > 0 ? ": " + errors : "")}";
        if (handler.ExitCode != 0)
            return Count(ended);

        log.Error(HostLine.Host, $"{ended}. An exit with 0 is not followed by another start; every invocation fails from now on");
        WhyNone = ended;
        return false;
    }

    private bool Count(string what)
    {
        var now = clock.GetUtcNow();
        _errors = now - _lastError > Remembered ? 1 : _errors + 1;
        _lastError = now;
        if (_errors < MostErrors)
        {
            log.Warn(HostLine.Host, $"{what}. It is started again");
            return true;
        }

        log.Error(HostLine.Host, $"{what}. That was error {_errors}: the host stops");
        WhyNone = $"{what} ({_errors} errors)";
        _stopped.TrySetResult(WhyNone);
        return false;
    }

    private void Ready(HandlerProcess handler)
    {
        lock (_lock)
        {
            if (!handler.Exited.IsCompleted && !handler.Intended)
                _ready.TrySetResult(handler);
        }
    }

    private void Away()
    {
        lock (_lock)
            _ready.TrySetResult(null);
    }

    private static TaskCompletionSource<HandlerProcess?> Unready(TaskCompletionSource<HandlerProcess?>? now = null) =>
        now is { Task.IsCompleted: false } ? now : new TaskCompletionSource<HandlerProcess?>(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _stop.Cancel();
            if (_current is { Exited.IsCompleted: false } current)
                current.Kill();
        }

        await _keep;
        _stop.Dispose();
    }
}
