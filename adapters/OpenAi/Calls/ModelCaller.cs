using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Support.Models;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Calls;

/// <summary>Makes a call: within the budget and a limit of time, of the model that is set for it and then of its fallback, and writes each try down.</summary>
internal sealed class ModelCaller(ModelsOptions options, IModelLedger ledger, TimeProvider clock, ILogger<ModelCaller> logger) : IDisposable
{
    private const int SlowFactor = 3;

    private readonly ConcurrentDictionary<(Uri, string?), ModelService> _services = new();
    private readonly ResiliencePipeline _quick = InAll(options.TotalTime, clock);
    private readonly ResiliencePipeline _slow = InAll(options.TotalTime * SlowFactor, clock);

    /// <param name="targets">Asked one after another; the first comes first.</param>
    /// <param name="once">One try; it throws what it likes when that gives nothing.</param>
    /// <exception cref="ModelException">None gave anything.</exception>
    public async Task<T> CallAsync<T>(IReadOnlyList<ModelTarget> targets, ModelUse use, Func<CallTry, CancellationToken, Task<T>> once, CancellationToken cancellation)
    {
        var usable = targets.Where(target => !target.IsRefused).ToList();
        if (usable.Count == 0)
            throw new ModelException(ModelFailure.Misconfigured, $"{targets[0]} was refused at the start; the log of the start says why.");
        await ledger.RefuseIfSpentAsync(use.Tenant, cancellation);
        try
        {
            return await (IsSlow(usable[0].Role) ? _slow : _quick).ExecuteAsync(async token => await OneAfterAnotherAsync(usable, use, once, token), cancellation);
        }
        catch (CallFailedException e)
        {
            throw new ModelException(e.Failure, e.Message) { IsTimeout = e.IsTimeout };
        }
        catch (BrokenCircuitException)
        {
            throw new ModelException(ModelFailure.Unavailable, $"{usable[^1]} fails most calls and is left alone for a while.");
        }
        catch (TimeoutRejectedException)
        {
            throw new ModelException(ModelFailure.Unavailable, $"{usable[0]} gave no answer in all the time there is for its tries.") { IsTimeout = true };
        }
    }

    /// <summary>Asks once, without a fallback and on nobody's account.</summary>
    /// <returns>Null when it answers.</returns>
    public async Task<CallFailedException?> ProbeAsync(ModelTarget target, Func<CallTry, CancellationToken, Task> once, CancellationToken cancellation)
    {
        try
        {
            return await ServiceOf(target).OnceAsync(async (slot, token) =>
            {
                await OnceAsync(target, null, slot, async (attempt, inner) =>
                {
                    await once(attempt, inner);
                    return true;
                }, token);
                return (CallFailedException?)null;
            }, cancellation);
        }
        catch (CallFailedException e)
        {
            return e;
        }
        catch (BrokenCircuitException)
        {
            return new CallFailedException(ModelFailure.Unavailable, $"{target} fails most calls and is left alone for a while.");
        }
    }

    public void Dispose()
    {
        foreach (var service in _services.Values)
            service.Dispose();
    }

    private static bool IsSlow(ModelRole role) => role is ModelRole.Questions or ModelRole.Picture or ModelRole.Transcription;

    private static ResiliencePipeline InAll(TimeSpan time, TimeProvider clock) => new ResiliencePipelineBuilder { TimeProvider = clock }.AddTimeout(time).Build();

    private ModelService ServiceOf(ModelTarget target) => _services.GetOrAdd(target.Service.Identity, _ => new ModelService(target.Service, options, clock, logger));

    private async Task<T> OneAfterAnotherAsync<T>(List<ModelTarget> targets, ModelUse use, Func<CallTry, CancellationToken, Task<T>> once, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            var (target, isLast) = (targets[i], i == targets.Count - 1);
            try
            {
                return await ServiceOf(target).RunAsync(!isLast, (slot, token) => OnceAsync(target, use, slot, once, token), cancellation);
            }
            catch (CallFailedException e) when (!isLast && e.Failure != ModelFailure.Filtered)
            {
                // The next one is asked. What one filter refuses is not taken to another.
            }
            catch (BrokenCircuitException) when (!isLast)
            {
                // The same.
            }
        }
    }

    private async Task<T> OnceAsync<T>(ModelTarget target, ModelUse? use, Slot slot, Func<CallTry, CancellationToken, Task<T>> once, CancellationToken cancellation)
    {
        var attempt = new CallTry(target, use, ledger, slot, options.Timeout * (IsSlow(target.Role) ? SlowFactor : 1), clock);
        using var limit = new CancellationTokenSource(attempt.Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            var result = await once(attempt, either.Token);
            if (!attempt.IsStream)
                attempt.End(null);
            return result;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            attempt.End(ModelFailure.Unavailable, mayHaveCost: true);
            throw;
        }
        catch (Exception e)
        {
            var failed = limit.IsCancellationRequested ? FailureReader.TimedOut(target, attempt.Limit) : FailureReader.Read(e, target, clock.GetUtcNow());
            attempt.End(failed.Failure, failed.MayHaveCost);
            throw failed;
        }
    }
}
