namespace Support.Simulation;

/// <summary>The updates of one key, first in first out, at most one of them under way.</summary>
internal sealed class Lane
{
    public Queue<PendingUpdate> Updates { get; } = new();

    public LaneState State { get; set; }

    /// <summary>Failures in a row of the update in front.</summary>
    public int Failures { get; set; }

    public ITimer? Retry { get; set; }

    /// <summary>The first update that is still to be delivered.</summary>
    public PendingUpdate? Front()
    {
        while (Updates.TryPeek(out var update) && update.IsSettled)
        {
            Updates.Dequeue();
            Failures = 0;
        }
        return Updates.TryPeek(out var front) ? front : null;
    }
}

internal enum LaneState { Idle, Ready, Sending, Waiting }
