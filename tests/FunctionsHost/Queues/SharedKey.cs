using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Support.FunctionsHost.Queues;

/// <summary>Signs a request with the account's key: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key</summary>
internal static class SharedKey
{
    private const string Version = "2021-12-02";

    /// <param name="length">Of the body in bytes; 0 for none.</param>
    public static void Sign(HttpRequestMessage request, StorageAccount account, long length, DateTimeOffset now)
    {
        request.Headers.Add("x-ms-date", now.ToString("R", CultureInfo.InvariantCulture));
        request.Headers.Add("x-ms-version", Version);
        var type = request.Content?.Headers.ContentType?.ToString() ?? "";
        var own = string.Concat(request.Headers
            .Where(header => header.Key.StartsWith("x-ms-", StringComparison.Ordinal))
            .OrderBy(header => header.Key, StringComparer.Ordinal)
            .Select(header => $"{header.Key}:{string.Join(',', header.Value)}\n"));
        var text = $"{request.Method}\n\n\n{(length > 0 ? length.ToString(CultureInfo.InvariantCulture) : "")}\n\n{type}\n\n\n\n\n\n\n{own}{Resource(account, request.RequestUri!)}";
        var signature = Convert.ToBase64String(HMACSHA256.HashData(account.Key, Encoding.UTF8.GetBytes(text)));
        request.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account.Name}:{signature}");
    }

    private static string Resource(StorageAccount account, Uri address)
    {
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter.Split('=', 2))
            .OrderBy(parameter => parameter[0], StringComparer.Ordinal)
            .Select(parameter => $"\n{parameter[0].ToLowerInvariant()}:{Uri.UnescapeDataString(parameter.ElementAtOrDefault(1) ?? "")}");
        return $"/{account.Name}{address.AbsolutePath}{string.Concat(parameters)}";
    }
}
