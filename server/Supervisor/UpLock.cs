namespace Support.Server.Supervisor;

/// <summary>One <c>up</c> per data folder. The system gives the lock back when the process ends, however it ends.</summary>
internal static class UpLock
{
    public static FileStream? TryTake(DataFolder data)
    {
        try
        {
            return new FileStream(data.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
