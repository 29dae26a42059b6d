using Microsoft.Extensions.Logging;
using Support.Jobs;
using Support.StorageQueue.Account;
using Support.StorageQueue.Rest;

namespace Support.StorageQueue;

/// <summary>Whether the account does what it is asked. Says it in the log when that changes, and not at each of the many calls that fail meanwhile.</summary>
internal sealed partial class AccountState(StorageAccount account, ILogger<AccountState> logger)
{
    private volatile string? _said;

    /// <exception cref="QueueUnavailableException">It does not; the message names the setting and what to do.</exception>
    public async Task<T> WatchAsync<T>(Task<T> call)
    {
        try
        {
            var result = await call;
            if (_said is not null)
                Log.IsBack(logger, account);
            _said = null;
            return result;
        }
        catch (StorageQueueException e)
        {
            var why = account.Explain(e);
            if (_said is null)
                Log.IsAway(logger, why);
            _said = why;
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
