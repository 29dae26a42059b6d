using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Support.Contracts;

namespace Support.Tests.StorageQueue;

internal static class Signatures
{
    /// <summary>An account's signature for queues, as the portal makes them. https://learn.microsoft.com/rest/api/storageservices/create-account-sas</summary>
    public static string Of(AzuriteAccount account, DateTimeOffset until)
    {
        const string Rights = "raupdwc";
        var end = until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var text = $"{account.Name}\n{Rights}\nq\nsco\n\n{end}\n\nhttps,http\n2021-12-02\n\n";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(account.Key), Encoding.UTF8.GetBytes(text)));
        return $"sv=2021-12-02&ss=q&srt=sco&sp={Rights}&se={Uri.EscapeDataString(end)}&spr=https,http&sig={Uri.EscapeDataString(signature)}";
    }
}
