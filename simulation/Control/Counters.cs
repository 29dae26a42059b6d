using System.Collections.Concurrent;

namespace Support.Simulation;

internal sealed class Counters
{
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _refusals = new(StringComparer.Ordinal);
    private long _emitted;
    private long _delivered;
    private long _expired;
    private long _webhookErrors;
    private long _tooManyRequests;

    public void Emitted() => Interlocked.Increment(ref _emitted);

    public void Delivered() => Interlocked.Increment(ref _delivered);

    public void Expired() => Interlocked.Increment(ref _expired);

    public void WebhookFailed() => Interlocked.Increment(ref _webhookErrors);

    public void Called(string method) => _calls.AddOrUpdate(method, 1, static (_, count) => count + 1);

    public void Refused(string method, int code)
    {
        _refusals.AddOrUpdate(method, 1, static (_, count) => count + 1);
        if (code == 429)
            Interlocked.Increment(ref _tooManyRequests);
    }

    public SimulationStats Read(int pending) => new()
    {
        UpdatesEmitted = Interlocked.Read(ref _emitted),
        UpdatesDelivered = Interlocked.Read(ref _delivered),
        UpdatesExpired = Interlocked.Read(ref _expired),
        UpdatesPending = pending,
        WebhookErrors = Interlocked.Read(ref _webhookErrors),
        TooManyRequests = Interlocked.Read(ref _tooManyRequests),
        Calls = new SortedDictionary<string, long>(_calls),
        Refusals = new SortedDictionary<string, long>(_refusals),
    };
}
