namespace Support.FunctionsHost.App;

/// <param name="FunctionTimeout">Null if an invocation may take any time.</param>
/// <param name="Executable">As written.</param>
/// <param name="Arguments">Joined with spaces without quoting, as the host does it.</param>
/// <param name="RoutePrefix">Without slashes at its ends; may be empty.</param>
internal sealed record HostFile(TimeSpan? FunctionTimeout, string Executable, string Arguments, string? WorkingDirectory, bool ProxiesHttp, string RoutePrefix, QueueSettings Queues);

/// <param name="LongestPause">maxPollingInterval: between two questions to an empty queue.</param>
/// <param name="RetryAfter">visibilityTimeout: how long a message that failed stays hidden.</param>
/// <param name="Base64">messageEncoding: base64, or none.</param>
internal sealed record QueueSettings(TimeSpan LongestPause, TimeSpan RetryAfter, int BatchSize, int NewBatchThreshold, int MaxDequeueCount, bool Base64)
{
    public static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
}
