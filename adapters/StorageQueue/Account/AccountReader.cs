namespace Support.StorageQueue.Account;

/// <summary>Settings become an account, or a line that says which one is wrong and how to mend it.</summary>
internal static class AccountReader
{
    /// <exception cref="FormatException">The message names the setting and the fix, never a secret.</exception>
    public static StorageAccount Read(StorageQueueOptions options, TimeProvider clock)
    {
        var names = options.Names;
        if (options.ConnectionString is { } text)
        {
            if (names == SettingNames.Own && (options.AccountName ?? options.ServiceUri) is not null)
                throw new FormatException($"{names.ConnectionString} and {(options.AccountName is null ? names.ServiceUri : names.AccountName)} are both set. Leave one of them out: the first holds a key, the second is for an identity.");
            return ConnectionText.Read(text, names.ConnectionString);
        }
        if (options.Credential is { } credential && !credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
            throw new FormatException($"{names.Credential} is \"{credential}\". Set managedidentity, or leave it out.");
        var (address, setting) = options.ServiceUri is { } uri ? (uri, names.ServiceUri) : ($"https://{Checked(options.AccountName!, names.AccountName)}.queue.core.windows.net", names.AccountName);
        var queues = QueueAddress.Read(address, setting);
        if (queues.Scheme != Uri.UriSchemeHttps && !queues.IsLoopback)
            throw new FormatException($"{setting} is \"{address}\". An identity's tokens go over https only.");
        return new StorageAccount(options.AccountName ?? queues.Host.Split('.')[0], queues, Identity(options, clock), setting);
    }

    /// <summary>What knows of identities is loaded with the first token, not with the start.</summary>
    private static BearerToken Identity(StorageQueueOptions options, TimeProvider clock)
    {
        var tokens = new Lazy<IdentityTokens>(() => new IdentityTokens(options.ClientId, onlyManaged: options.Credential is not null));
        return new BearerToken(cancellation => tokens.Value.AskAsync(cancellation), clock);
    }

    /// <summary>https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name</summary>
    public static string Checked(string name, string setting) =>
        name.Length is >= 3 and <= 24 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            ? name
            : throw new FormatException($"{setting} names the storage account \"{name}\". An account's name has 3 to 24 small letters and digits; copy it from the portal.");
}
