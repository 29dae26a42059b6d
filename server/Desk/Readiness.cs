using Support.Database;

namespace Support.Server.Desk;

/// <summary>Whether the desk can work now: it has started, and the database answers.</summary>
public sealed class Readiness(DeskDatabase database, TimeProvider clock)
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private long _askedAt;
    private bool _answered;

    public bool Started { get; set; }

    public async Task<bool> CanWorkAsync(CancellationToken cancellation)
    {
        if (!Started)
            return false;
        if (_askedAt != 0 && clock.GetElapsedTime(_askedAt) < Freshness)
            return _answered;
        _answered = await database.AnswersAsync(cancellation);
        _askedAt = clock.GetTimestamp();
        return _answered;
    }
}
