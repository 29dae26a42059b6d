namespace Support.Simulation;

/// <summary>Counts since the start of the process, but for <see cref="UpdatesPending"/>, which is now.</summary>
public sealed record SimulationStats
{
    public long UpdatesEmitted { get; init; }

    /// <summary>Acknowledged by a webhook or confirmed by getUpdates.</summary>
    public long UpdatesDelivered { get; init; }

    public long UpdatesExpired { get; init; }

    public int UpdatesPending { get; init; }

    /// <summary>Tries of a webhook that did not end in 2xx.</summary>
    public long WebhookErrors { get; init; }

    public long TooManyRequests { get; init; }

    /// <summary>Calls that succeeded, by method.</summary>
    public IReadOnlyDictionary<string, long> Calls { get; init; } = new Dictionary<string, long>();

    /// <summary>Calls that were refused, by method; faults included.</summary>
    public IReadOnlyDictionary<string, long> Refusals { get; init; } = new Dictionary<string, long>();
}
