namespace Support.StorageQueue.Rest;

/// <summary>The account said no, or nothing. The message holds the operation, the status and the account's own code; never an address, a body or a secret.</summary>
/// <param name="status">Null when there was no answer.</param>
/// <param name="code">Of the header <c>x-ms-error-code</c>, as in https://learn.microsoft.com/rest/api/storageservices/queue-service-error-codes</param>
internal sealed class StorageQueueException(int? status, string? code, string message, Exception? inner) : Exception(message, inner)
{
    public int? Status { get; } = status;

    public string? Code { get; } = code;

    /// <summary>The same call may succeed a moment later.</summary>
    public bool MayPass => Status is null or >= 500 or 429 or 408;
}
