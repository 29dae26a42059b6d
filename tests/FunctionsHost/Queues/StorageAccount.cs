namespace Support.FunctionsHost.Queues;

/// <summary>Where the queues of a storage account are, and with what key. Identities are not known to this stand-in.</summary>
/// <param name="Queues">Without a slash at its end.</param>
internal sealed record StorageAccount(string Name, byte[] Key, string Queues)
{
    // The emulator's account, published with it: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    private const string Emulator =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1";

    /// <exception cref="FunctionsHostException">A part is missing or wrong. Its value is not said.</exception>
    public static StorageAccount Parse(string setting, string text)
    {
        var parts = Split(text);
        if (parts.TryGetValue("UseDevelopmentStorage", out var emulator) && emulator.Equals("true", StringComparison.OrdinalIgnoreCase))
            parts = Split(Emulator);
        var name = Part(setting, parts, "AccountName");
        var key = new byte[256];
        if (!Convert.TryFromBase64String(Part(setting, parts, "AccountKey"), key, out var length))
            throw new FunctionsHostException($"The setting {setting} has an AccountKey that is no base64.");
        var endpoint = parts.GetValueOrDefault("QueueEndpoint") ??
            $"{parts.GetValueOrDefault("DefaultEndpointsProtocol", "https")}://{name}.queue.{parts.GetValueOrDefault("EndpointSuffix", "core.windows.net")}";
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")
            ? new StorageAccount(name, key[..length], endpoint.TrimEnd('/'))
            : throw new FunctionsHostException($"The setting {setting} has a QueueEndpoint that is no http or https address.");
    }

    private static Dictionary<string, string> Split(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => part.Split('=', 2))
            .GroupBy(part => part[0], StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().ElementAtOrDefault(1) ?? "", StringComparer.OrdinalIgnoreCase);

    private static string Part(string setting, Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out var value) && value.Length > 0 ? value : throw new FunctionsHostException($"The setting {setting} has no {name}. It must be a storage account's connection string, or UseDevelopmentStorage=true.");
}
