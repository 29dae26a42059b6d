using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Support.StorageQueue.Rest;

namespace Support.StorageQueue.Account;

/// <summary>The account's key, which signs each request. https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key</summary>
internal sealed class SharedKey(string account, byte[] key) : StorageCredential
{
    public override string Advice => "Copy the connection string anew (Access keys of the account).";

    public override ValueTask SignAsync(HttpRequestMessage message, StorageRequest request, CancellationToken cancellation)
    {
        var signature = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(StringToSign(message, request))));
        message.Headers.Authorization = new AuthenticationHeaderValue("SharedKey", $"{account}:{signature}");
        return ValueTask.CompletedTask;
    }

    /// <summary>The verb, eleven headers of which only two are ever sent, the <c>x-ms-</c> headers, the resource.</summary>
    public string StringToSign(HttpRequestMessage message, StorageRequest request)
    {
        var content = message.Content?.Headers;
        var length = content?.ContentLength is > 0 and var bytes ? bytes.ToString(CultureInfo.InvariantCulture) : "";
        var text = new StringBuilder($"{message.Method.Method}\n\n\n{length}\n\n{content?.ContentType}\n\n\n\n\n\n\n");
        foreach (var (name, values) in message.Headers.Where(h => h.Key.StartsWith("x-ms-", StringComparison.Ordinal)).OrderBy(h => h.Key, StringComparer.Ordinal))
            text.Append(name).Append(':').AppendJoin(',', values).Append('\n');
        text.Append('/').Append(account).Append(message.RequestUri!.AbsolutePath);
        foreach (var (name, value) in request.Query.OrderBy(q => q.Name, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append(':').Append(value);
        return text.ToString();
    }
}
