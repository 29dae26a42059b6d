using Dapper;
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
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(TimeSpan.FromSeconds(3));
            await using var connection = await database.Source.OpenConnectionAsync(patience.Token);
            await connection.ExecuteAsync(new CommandDefinition("select 1", cancellationToken: patience.Token));
            _answered = true;
        }
        catch (Exception e) when (DeskDatabase.IsAway(e) || e is OperationCanceledException)
        {
            _answered = false;
        }
        _askedAt = clock.GetTimestamp();
        return _answered;
    }
}
