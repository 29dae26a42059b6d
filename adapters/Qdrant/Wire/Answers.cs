namespace Support.Qdrant.Wire;

internal sealed record ServerVersion(string? Title, string? Version);

internal sealed record Envelope<T>(T? Result);

internal sealed record UpdateResult(string Status);

internal sealed record CountResult(long Count);

internal sealed record QueryPoints(IReadOnlyList<ScoredPoint> Points);

internal sealed record ScoredPoint(ulong Id, float Score);

internal sealed record SnapshotInfo(string Name, string? CreationTime, long Size);
