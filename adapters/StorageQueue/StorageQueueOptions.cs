using Microsoft.Extensions.Options;
using Support.StorageQueue.Account;

namespace Support.StorageQueue;

/// <summary>The storage account whose queues are used: a connection string, or an address and an identity.</summary>
public sealed class StorageQueueOptions
{
    public const string Section = "Support:StorageQueue";

    /// <summary>With a key (<c>AccountName=…;AccountKey=…</c>), a shared access signature (<c>SharedAccessSignature=…;QueueEndpoint=…</c>), or <c>UseDevelopmentStorage=true</c>. A secret.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Instead of a connection string: the account, reached at <c>https://NAME.queue.core.windows.net</c> with an identity.</summary>
    public string? AccountName { get; set; }

    /// <summary>Instead of the account's name: the address of its queues, for other clouds and private addresses.</summary>
    public string? ServiceUri { get; set; }

    /// <summary>The user-assigned identity to use; without one the system-assigned identity, or what a developer is signed in with.</summary>
    public string? ClientId { get; set; }

    /// <summary><c>managedidentity</c>: ask for nothing else than the machine's identity. Else whatever is found first.</summary>
    public string? Credential { get; set; }

    /// <summary>How the settings are named where these values come from, for messages.</summary>
    internal SettingNames Names { get; set; } = SettingNames.Own;

    /// <summary>False: jobs stay in PostgreSQL.</summary>
    internal bool IsSet => ConnectionString is not null || AccountName is not null || ServiceUri is not null;
}

internal sealed class StorageQueueOptionsCheck : IValidateOptions<StorageQueueOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageQueueOptions options)
    {
        try
        {
            AccountReader.Read(options, TimeProvider.System);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException e)
        {
            return ValidateOptionsResult.Fail(e.Message);
        }
    }
}
