using Support.StorageQueue.Rest;

namespace Support.StorageQueue.Account;

/// <summary>A shared access signature: rights until a day, written into each address.</summary>
internal sealed class SharedSignature(string signature) : StorageCredential
{
    public override string Advice => "Make a new shared access signature for queues, with service, container and object, and the rights to read, add, update, process, create and delete; the old one may have expired.";

    public override string AddressSuffix { get; } = signature.TrimStart('?');

    public override ValueTask SignAsync(HttpRequestMessage message, StorageRequest request, CancellationToken cancellation) => ValueTask.CompletedTask;
}
