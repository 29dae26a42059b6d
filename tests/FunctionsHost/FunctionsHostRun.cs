// Written for this project from the public description of the Azure Functions host: it proves our reading of that description
// and nothing about Azure. An app that needs more of the host than is known here is refused at the start.
using Microsoft.AspNetCore.Builder;
using Support.FunctionsHost.App;
using Support.FunctionsHost.Handler;
using Support.FunctionsHost.Http;
using Support.FunctionsHost.Invocations;
using Support.FunctionsHost.Queues;
using Support.FunctionsHost.Timers;

namespace Support.FunctionsHost;

/// <summary>
/// A published function app at work. Disposing it is a scale-in: the handler is killed without a warning, and the messages that
/// it had in hand come back after visibilityTimeout.
/// </summary>
public sealed class FunctionsHostRun : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FunctionsHostOptions _options;
    private readonly HostLog _log;
    private readonly FunctionApp _app;
    private readonly HandlerKeeper _keeper;
    private readonly InvocationLedger _ledger;
    private readonly List<TimerListener> _timers = [];
    private readonly List<Task> _listening = [];
    private readonly Invoker _invoker;
    private readonly QueueAccounts _accounts;
    private readonly AppSettings _settings;
    private WebApplication? _web;
    private Task _ending = Task.CompletedTask;

    private FunctionsHostRun(FunctionsHostOptions options)
    {
        _options = options;
        _log = new HostLog(options.Log);
        _settings = new AppSettings(options.Environment);
        _app = FunctionApp.Read(options.AppFolder, _settings);
        _ledger = new InvocationLedger(_app.Functions.Select(function => function.Name));
        _keeper = new HandlerKeeper(HandlerCommand.Of(_app, _settings), _app, _settings, new Readiness(_http), _log, options.Clock);
        _accounts = new QueueAccounts(_settings, _http);
        _invoker = new Invoker(_app, _keeper, _http, new OutputQueues(_accounts, _app.Host.Queues.Base64), _ledger, _log, options.Clock);
    }

    /// <summary>Where the host listens, with a slash at the end.</summary>
    public Uri BaseUrl { get; private set; } = null!;

    /// <summary>Null while there is no handler.</summary>
    public int? HandlerPid => _keeper.Pid;

    /// <summary>Counts by function's name, of its HTTP requests too: those fail only when the handler gave no whole answer.</summary>
    public IReadOnlyDictionary<string, InvocationCounts> Invocations => _ledger.Read();

    /// <summary>Completes with the reason when the host gives up, after the third error, or when it is disposed. A handler that ended with 0 does not stop the host: its invocations fail.</summary>
    public Task<string> Stopped => _stopped.Task;

    /// <returns>Once the handler has answered for the first time.</returns>
    /// <exception cref="FunctionsHostException">The app is wrong, a setting is missing, or the handler did not come up.</exception>
    public static async Task<FunctionsHostRun> StartAsync(FunctionsHostOptions options, CancellationToken cancellation)
    {
        var run = new FunctionsHostRun(options);
        try
        {
            await run.BeginAsync(cancellation);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the handler as a scale-in or a crash does, without SIGTERM; the host starts it again and does not count it as an error.</summary>
    /// <returns>When it is dead. Invocations wait until the next one is ready.</returns>
    public Task KillHandlerAsync() => _keeper.KillAsync();

    /// <summary>Fires a timer function now, whatever its schedule says.</summary>
    /// <returns>Whether the invocation succeeded.</returns>
    public Task<bool> FireTimerAsync(string function, CancellationToken cancellation) =>
        (_timers.Find(timer => timer.Name.Equals(function, StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException($"The app has no timer function '{function}'.", nameof(function)))
            .FireAsync(pastDue: false, cancellation);

    private async Task BeginAsync(CancellationToken cancellation)
    {
        if (!Launcher.TakesAlong)
            _log.Warn(HostLine.Host, "There is no setpriv here: a handler will outlive this process if that is killed");
        var queues = _app.Functions.Where(function => function.Trigger is Trigger.Queue).Select(Listener).ToList();
        var homePage = !string.Equals(_settings.Find("AzureWebJobsDisableHomepage"), "true", StringComparison.OrdinalIgnoreCase);
        _web = await HttpDoor.OpenAsync(_app, _options.Port, homePage, new HttpProxy(_keeper, _http, _ledger, _log), cancellation);
        BaseUrl = HttpDoor.AddressOf(_web);
        _keeper.Start();
        if (await _keeper.ReadyAsync(cancellation) is null)
            throw new FunctionsHostException($"The app in {_app.Folder} did not start: {_keeper.WhyNone}.");

        _listening.AddRange(queues.Select(queue => queue.ListenAsync(_stop.Token, _abort.Token)));
        _timers.AddRange(_app.Functions.Where(function => function.Trigger is Trigger.Timer).Select(function => new TimerListener(function, _invoker, _options.Clock)));
        _listening.AddRange(_timers.Select(timer => timer.ListenAsync(_abort.Token)));
        _ending = EndAsync();
        _log.Say($"{_app.Functions.Count} functions are ready on {BaseUrl}");
    }

    private QueueListener Listener(FunctionFile function)
    {
        var trigger = (Trigger.Queue)function.Trigger;
        var queue = _accounts.Open(function.Name, trigger.Connection, trigger.QueueName);
        var poison = trigger.QueueName.EndsWith("-poison", StringComparison.Ordinal) ? null : _accounts.Open(function.Name, trigger.Connection, trigger.QueueName + "-poison");
        var run = new MessageRun(function, _app.Host.Queues, queue, poison, _options.MessageHold, _invoker, _log, _options.Clock);
        return new QueueListener(queue, _app.Host.Queues, _options.MessageHold, run, _log, _options.Clock);
    }

    private async Task EndAsync()
    {
        var why = await Task.WhenAny(_keeper.Stopped, WhenDisposedAsync());
        if (why == _keeper.Stopped)
        {
            await _stop.CancelAsync();
            await _web!.StopAsync(CancellationToken.None);
        }

        _stopped.TrySetResult(await why);
    }

    private async Task<string> WhenDisposedAsync()
    {
        var disposed = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _abort.Token.Register(() => disposed.TrySetResult("The host was stopped."));
        return await disposed.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeper.DisposeAsync();
        await _abort.CancelAsync();
        await Task.WhenAll([.. _listening, _ending]);
        if (_web is not null)
            await _web.DisposeAsync();
        foreach (var timer in _timers)
            timer.Dispose();
        _http.Dispose();
        _stop.Dispose();
        _abort.Dispose();
    }
}
