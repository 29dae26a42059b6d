namespace Support.StorageQueue;

/// <summary>A message that is none of ours or was damaged. The reason holds nothing of its text.</summary>
public sealed class UnreadableMessageException(string why) : Exception(why)
{
    /// <summary>The job was done before, and this is a second message for it: there is nothing to bury, the message may go.</summary>
    public bool IsFinished { get; init; }
}
