using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Support.Tenants;

namespace Support.Conversations;

/// <summary>How many updates of each kind came in since the process started, the ones nobody has a use for included.</summary>
public sealed class UpdateCounters : IDisposable
{
    public const string MeterName = "Support.Conversations";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _updates;
    private readonly ConcurrentDictionary<(BotId Bot, string Kind), long> _unused = new();

    public UpdateCounters() => _updates = _meter.CreateCounter<long>("support.updates", description: "Updates received, by kind.");

    /// <summary>Of one bot: another company's traffic is nobody else's business.</summary>
    public IReadOnlyList<(string Kind, long Count)> UnusedOf(BotId bot) =>
        [.. _unused.Where(one => one.Key.Bot == bot).Select(one => (one.Key.Kind, one.Value)).OrderByDescending(one => one.Value).ThenBy(one => one.Kind, StringComparer.Ordinal)];

    public void Count(BotId bot, Incoming incoming)
    {
        var unused = incoming as Incoming.Unused;
        if (unused is not null)
            _unused.AddOrUpdate((bot, unused.Kind), 1, static (_, count) => count + 1);
        _updates.Add(1, new KeyValuePair<string, object?>("kind", unused is null ? incoming.GetType().Name : "unused:" + unused.Kind));
    }

    public void Dispose() => _meter.Dispose();
}
