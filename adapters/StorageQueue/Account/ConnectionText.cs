namespace Support.StorageQueue.Account;

/// <summary>A connection string as the portal gives it. https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string</summary>
internal static class ConnectionText
{
    /// <summary>The emulator's account. The key is published and opens nothing else.</summary>
    private const string Development =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1;"
        + "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <exception cref="FormatException">The message never holds a part of the text but its names.</exception>
    public static StorageAccount Read(string text, string setting)
    {
        var parts = Split(text, setting);
        if (parts.TryGetValue("UseDevelopmentStorage", out var development) && development.Equals("true", StringComparison.OrdinalIgnoreCase))
            return Read(Development, setting);
        parts.TryGetValue("AccountName", out var name);
        if (parts.TryGetValue("AccountKey", out var key))
        {
            if (name is null)
                throw new FormatException($"{setting} has an AccountKey and no AccountName. Copy the whole connection string (Access keys of the account).");
            return new StorageAccount(name, AddressOf(parts, name, setting), new SharedKey(name, KeyOf(key, setting)), setting);
        }
        if (!parts.TryGetValue("SharedAccessSignature", out var signature))
            throw new FormatException($"{setting} has neither an AccountKey nor a SharedAccessSignature. Copy the connection string anew (Access keys of the account); for an identity leave it out.");
        if (!signature.Contains("sig=", StringComparison.Ordinal))
            throw new FormatException($"{setting} has a SharedAccessSignature without sig=. Copy the SAS token whole.");
        var address = AddressOf(parts, name, setting);
        return new StorageAccount(name ?? address.Host.Split('.')[0], address, new SharedSignature(signature), setting);
    }

    private static Dictionary<string, string> Split(string text, string setting)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new FormatException($"{setting} is no connection string of a storage account ({text.Length} characters; it looks like DefaultEndpointsProtocol=https;AccountName=…;AccountKey=…). Copy it anew (Access keys of the account).");
            parts[part[..equals]] = part[(equals + 1)..];
        }
        return parts;
    }

    private static Uri AddressOf(Dictionary<string, string> parts, string? name, string setting)
    {
        if (parts.TryGetValue("QueueEndpoint", out var given))
            return QueueAddress.Read(given, setting);
        if (name is null)
            throw new FormatException($"{setting} says neither AccountName nor QueueEndpoint. Add QueueEndpoint=https://ACCOUNT.queue.core.windows.net.");
        var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol", "https");
        var suffix = parts.GetValueOrDefault("EndpointSuffix", "core.windows.net");
        return QueueAddress.Read($"{protocol}://{AccountReader.Checked(name, setting)}.queue.{suffix}", setting);
    }

    private static byte[] KeyOf(string key, string setting)
    {
        var bytes = new byte[key.Length];
        if (!Convert.TryFromBase64String(key, bytes, out var length) || length == 0)
            throw new FormatException($"{setting} has an AccountKey that is no base64 ({key.Length} characters; keys have 88). Copy it anew (Access keys of the account).");
        return bytes[..length];
    }
}
