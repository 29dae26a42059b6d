using Support.StorageQueue.Rest;

namespace Support.StorageQueue.Account;

/// <summary>Where the queues are and how to be let in.</summary>
/// <param name="Name">As signatures name it.</param>
/// <param name="Queues">Without a slash at its end.</param>
/// <param name="Setting">The setting to look at when the account refuses or does not answer.</param>
internal sealed record StorageAccount(string Name, Uri Queues, StorageCredential Credential, string Setting)
{
    /// <summary>Never the key, the signature or a token.</summary>
    public override string ToString() => Queues.AbsoluteUri;

    /// <summary>What went wrong and what to do about it, in one line.</summary>
    public string Explain(StorageQueueException e) => e switch
    {
        { Status: 401 or 403 } => $"The storage account at {Queues.GetLeftPart(UriPartial.Path)} refused the desk ({e.Message}). {Credential.Advice} Setting: {Setting}.",
        { Status: null } => $"The storage account at {Queues.GetLeftPart(UriPartial.Path)} cannot be reached ({e.Message}). Is the address right, and does the network let this machine through? Setting: {Setting}.",
        { Status: >= 500 or 429 } => $"The storage account at {Queues.GetLeftPart(UriPartial.Path)} is not well ({e.Message}); it is tried again.",
        _ => $"The storage account at {Queues.GetLeftPart(UriPartial.Path)} did not understand ({e.Message}). Is it the address of an account's queues? Setting: {Setting}.",
    };
}
