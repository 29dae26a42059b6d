namespace Support.StorageQueue.Rest;

/// <param name="Receipt">Empty when it was only looked at.</param>
/// <param name="DequeueCount">How often it was taken, this time included; 0 when it was only looked at for the first time.</param>
internal sealed record QueueMessage(string Id, string Receipt, string Text, int DequeueCount, DateTimeOffset PutAt);
