namespace Support.Jobs;

/// <summary>
/// Work that must be done. At least once, with delay, and never in an order: whoever needs order takes a lease and reads
/// the order from the memory.
/// </summary>
public interface IWorkQueue
{
    /// <summary>Returns once the job is kept as safely as its queue promises (<see cref="Queues"/>).</summary>
    /// <exception cref="QueueUnavailableException">The job may not have been kept; the caller must not acknowledge.</exception>
    ValueTask PutAsync(string queue, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellation);

    /// <summary>Jobs that are due, hidden from others for <paramref name="hidden"/> and back after it unless completed.</summary>
    ValueTask<IReadOnlyList<TakenJob>> TakeAsync(string queue, int most, TimeSpan hidden, CancellationToken cancellation);

    /// <summary>The job is done and gone. Completing one that came back to somebody else does nothing.</summary>
    ValueTask CompleteAsync(TakenJob job, CancellationToken cancellation);

    /// <summary>The job comes back after a while; its attempt grows only if <paramref name="counted"/>.</summary>
    ValueTask ReturnAsync(TakenJob job, TimeSpan after, bool counted, CancellationToken cancellation);

    /// <summary>True when a job that nobody has taken has been due for longer than <paramref name="grace"/>: the workers cannot keep up, and more jobs would not help them.</summary>
    ValueTask<bool> IsBehindAsync(string queue, TimeSpan grace, CancellationToken cancellation);
}

/// <param name="Id">The queue's own name for it; stays while the job comes and goes.</param>
/// <param name="Receipt">Changes each time the job is taken, so that a late worker cannot complete a later taking.</param>
/// <param name="Attempt">How often it asked to be tried again, from 0.</param>
/// <param name="Taken">How often it was taken, this time included.</param>
public sealed record TakenJob(string Queue, string Id, string Receipt, ReadOnlyMemory<byte> Body, int Attempt, int Taken, DateTimeOffset PutAt)
{
    /// <summary>How many processes died while they held it.</summary>
    public int Deaths { get; init; }

    /// <summary>Where <see cref="KeptBodies"/> holds the body, when it was too large for the queue.</summary>
    public long? KeptBody { get; init; }

    /// <summary>Why nobody can read it, when somebody else wrote it or it was damaged: it becomes a dead letter with this reason. <see cref="Body"/> is then what was found.</summary>
    public string? Unreadable { get; init; }
}

public sealed class QueueUnavailableException(string message, Exception? inner) : Exception(message, inner);
