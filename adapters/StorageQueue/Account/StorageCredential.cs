using Support.StorageQueue.Rest;

namespace Support.StorageQueue.Account;

/// <summary>One of the three ways to be let in.</summary>
internal abstract class StorageCredential
{
    /// <summary>What to do when it is refused.</summary>
    public abstract string Advice { get; }

    /// <summary>Appended to each address, with its question mark or ampersand left out.</summary>
    public virtual string AddressSuffix => "";

    /// <summary>Called for each try anew, when everything else of the request is set.</summary>
    /// <exception cref="StorageQueueException">No token was to be had.</exception>
    public abstract ValueTask SignAsync(HttpRequestMessage message, StorageRequest request, CancellationToken cancellation);

    /// <summary>The account refused it.</summary>
    public virtual void Refused()
    {
    }
}
