using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Support.OpenAi.Settings;

namespace Support.OpenAi.Calls;

/// <summary>The limits that all calls of one service share: further tries, calls at a time, and being left alone while it fails.</summary>
internal sealed partial class ModelService(ServiceAddress address, ModelsOptions options, TimeProvider clock, ILogger logger) : IDisposable
{
    // Fewer calls than this in half a minute say nothing about the service.
    private const int FewestForBreak = 10;

    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    private readonly Slots _slots = new(options.MaxConcurrent);
    private readonly ResiliencePipeline _last = Trying(options, clock, repeatTimeouts: true);
    private readonly ResiliencePipeline _beforeFallback = Trying(options, clock, repeatTimeouts: false);
    private readonly ResiliencePipeline _breaker = Breaking(address, options, clock, logger);

    /// <param name="hasFallback">What waited in vain is then not tried again here: the time is the fallback's.</param>
    /// <exception cref="CallFailedException">The last try's.</exception>
    /// <exception cref="BrokenCircuitException">It is left alone now.</exception>
    public async Task<T> RunAsync<T>(bool hasFallback, Func<Slot, CancellationToken, Task<T>> once, CancellationToken cancellation) =>
        await (hasFallback ? _beforeFallback : _last).ExecuteAsync(async token => await OnceAsync(once, token), cancellation);

    public async Task<T> OnceAsync<T>(Func<Slot, CancellationToken, Task<T>> once, CancellationToken cancellation)
    {
        var slot = await _slots.TakeAsync(cancellation);
        try
        {
            return await _breaker.ExecuteAsync(async token => await once(slot, token), cancellation);
        }
        catch
        {
            slot.Free();
            throw;
        }
    }

    public void Dispose() => _slots.Dispose();

    private static ResiliencePipeline Trying(ModelsOptions options, TimeProvider clock, bool repeatTimeouts)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (options.Retries > 0)
            builder.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Retries,
                Delay = TimeSpan.FromMilliseconds(300),
                MaxDelay = RetryAfter.Longest,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is CallFailedException { MayRepeat: true } failed && (repeatTimeouts || !failed.IsTimeout)),
                // A little later than asked: everybody who was told "1 s" comes back at the same moment.
                DelayGenerator = tried => ValueTask.FromResult(tried.Outcome.Exception is CallFailedException { RetryAfter: { } pause } ? pause + TimeSpan.FromMilliseconds(Random.Shared.Next(20, 200)) : (TimeSpan?)null),
            });
        return builder.Build();
    }

    private static ResiliencePipeline Breaking(ServiceAddress address, ModelsOptions options, TimeProvider clock, ILogger logger) => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            // A service that fails a third of its calls is still worth asking, with retries.
            FailureRatio = .6,
            MinimumThroughput = FewestForBreak,
            SamplingDuration = Watched,
            BreakDuration = options.BreakTime,
            ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is CallFailedException { IsServiceDown: true }),
            OnOpened = opened =>
            {
                Log.LeftAlone(logger, address, opened.BreakDuration.TotalSeconds);
                return ValueTask.CompletedTask;
            },
            OnClosed = _ =>
            {
                Log.Works(logger, address);
                return ValueTask.CompletedTask;
            },
        })
        .Build();

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The model service {Service} fails most calls; it is left alone for {Seconds} s.")]
        public static partial void LeftAlone(ILogger logger, ServiceAddress service, double seconds);

        [LoggerMessage(2, LogLevel.Information, "The model service {Service} answers again.")]
        public static partial void Works(ILogger logger, ServiceAddress service);
    }
}
