using Support.Jobs;
using Support.StorageQueue;

namespace Support.Hosting;

/// <summary>
/// The queue as a handler's verdict sees it while the Functions host holds the message: the host deletes it when it hears success, so
/// done needs nothing, and "again" and "later" are new messages.
/// </summary>
internal sealed class HostedJobs(StorageWorkQueue queue) : IWorkQueue
{
    public ValueTask PutAsync(string name, ReadOnlyMemory<byte> body, TimeSpan delay, CancellationToken cancellation) => queue.PutAsync(name, body, delay, cancellation);

    public ValueTask CompleteAsync(TakenJob job, CancellationToken cancellation) => queue.ForgetAsync(job, cancellation);

    public ValueTask ReturnAsync(TakenJob job, TimeSpan after, bool counted, CancellationToken cancellation) => queue.PutAgainAsync(job, after, counted, cancellation);

    public ValueTask<bool> IsBehindAsync(string name, TimeSpan grace, CancellationToken cancellation) => queue.IsBehindAsync(name, grace, cancellation);

    public ValueTask<IReadOnlyList<TakenJob>> TakeAsync(string name, int most, TimeSpan hidden, CancellationToken cancellation) =>
        throw new NotSupportedException("The Functions host takes the messages.");
}
