using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Support.Tenants;

/// <summary>
/// The bearer keys of the HTTP doors: "{tenant}.{base64url(HMAC-SHA256(key, tenant))}". A key says whose it is and needs
/// no database to be checked.
/// </summary>
public sealed class UploadKeys(byte[] key)
{
    private const string Scheme = "Bearer ";

    public string KeyOf(TenantId tenant) =>
        $"{tenant.Value:N}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, tenant.Value.ToByteArray(bigEndian: true)))}";

    /// <param name="authorization">The Authorization header.</param>
    /// <returns>Null when there is no key or it is wrong.</returns>
    public TenantId? TenantOf(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        var given = authorization[Scheme.Length..].Trim();
        if (given.Split('.') is not [var name, _] || !Guid.TryParseExact(name, "N", out var id))
            return null;
        var tenant = new TenantId(id);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(KeyOf(tenant))) ? tenant : null;
    }
}
