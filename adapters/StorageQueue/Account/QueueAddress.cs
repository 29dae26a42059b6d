namespace Support.StorageQueue.Account;

internal static class QueueAddress
{
    /// <exception cref="FormatException">It is no address of queues.</exception>
    public static Uri Read(string text, string setting)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new FormatException($"{setting} gives the queues an address that is no http or https address. It looks like https://ACCOUNT.queue.core.windows.net.");
        if (address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
            throw new FormatException($"{setting} gives the queues an address with more than scheme, host and path. A shared access signature belongs into the connection string, as SharedAccessSignature=….");
        return new Uri(address.AbsoluteUri.TrimEnd('/'));
    }
}
