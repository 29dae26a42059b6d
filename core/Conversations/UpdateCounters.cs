using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Support.Conversations;

/// <summary>How many updates of each kind came in, the ones nobody has a use for included.</summary>
public sealed class UpdateCounters : IDisposable
{
    public const string MeterName = "Support.Conversations";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _updates;
    private readonly ConcurrentDictionary<string, long> _byKind = new();

    public UpdateCounters() => _updates = _meter.CreateCounter<long>("support.updates", description: "Updates received, by kind.");

    public IReadOnlyDictionary<string, long> ByKind => _byKind;

    public void Count(Incoming incoming)
    {
        var kind = incoming is Incoming.Unused unused ? "unused:" + unused.Kind : incoming.GetType().Name;
        _byKind.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        _updates.Add(1, new KeyValuePair<string, object?>("kind", kind));
    }

    public void Dispose() => _meter.Dispose();
}
