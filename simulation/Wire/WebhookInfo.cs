namespace Support.Simulation.Wire;

public sealed record WebhookInfo(string Url, bool HasCustomCertificate, int PendingUpdateCount)
{
    public string? IpAddress { get; init; }

    public long? LastErrorDate { get; init; }

    public string? LastErrorMessage { get; init; }

    public int? MaxConnections { get; init; }

    public IReadOnlyList<string>? AllowedUpdates { get; init; }
}
