namespace Support.FunctionsHost.Queues;

/// <param name="code">The service's x-ms-error-code, or the HTTP status; empty if nothing answered.</param>
internal sealed class StorageException(string message, string code, Exception? inner = null) : Exception(message, inner)
{
    public const string NoQueue = "QueueNotFound";

    public string Code => code;

    /// <summary>The message is no longer ours: somebody else took it meanwhile, or it is gone.</summary>
    public bool IsLost => code is "PopReceiptMismatch" or "MessageNotFound";
}
