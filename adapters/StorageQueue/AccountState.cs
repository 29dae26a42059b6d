using Microsoft.Extensions.Logging;
using Support.Jobs;
using Support.StorageQueue.Account;
using Support.StorageQueue.Rest;

namespace Support.StorageQueue;

/// <summary>Whether the account does what it is asked. Says it in the log when that changes, and not at each of the many calls that fail meanwhile.</summary>
internal sealed partial class AccountState(StorageAccount account, ILogger<AccountState> logger)
{
    private int _isAway;

    /// <exception cref="QueueUnavailableException">It does not; the message names the setting and what to do.</exception>
    public async Task<T> WatchAsync<T>(Task<T> call)
    {
        try
        {
            var result = await call;
            if (Interlocked.Exchange(ref _isAway, 0) == 1)
                Log.IsBack(logger, account);
            return result;
        }
        catch (StorageQueueException e)
        {
            var why = account.Explain(e);
            if (Interlocked.Exchange(ref _isAway, 1) == 0)
                Log.IsAway(logger, why);
            throw new QueueUnavailableException(why, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Why}")]
        public static partial void IsAway(ILogger logger, string why);

        [LoggerMessage(2, LogLevel.Information, "The storage account at {Account} works again.")]
        public static partial void IsBack(ILogger logger, StorageAccount account);
    }
}
