namespace Support.Jobs;

/// <summary>
/// A wake-up only says where to look. When it becomes a dead letter, what it was for must come to an end as well, or the sweep
/// would find it overdue and wake it again, without end.
/// </summary>
public interface IBuriedWakeUp
{
    string Queue { get; }

    Task SettleAsync(TakenJob job, string why, CancellationToken cancellation);
}
