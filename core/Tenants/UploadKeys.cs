using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Support.Tenants;

/// <summary>
/// The bearer keys of the HTTP doors: "{tenant}.{base64url(HMAC-SHA256(key, tenant))}". A key says whose it is and needs
/// no database to be checked.
/// </summary>
/// <param name="configured">A key of the owner's choosing for <see cref="Default"/>; null if there is none.</param>
public sealed class UploadKeys(byte[] key, string? configured)
{
    private const string Scheme = "Bearer ";

    /// <summary>The tenant of a single-company set-up, once it is known.</summary>
    public TenantId? Default { get; set; }

    public string KeyOf(TenantId tenant) =>
        $"{tenant.Value:N}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, tenant.Value.ToByteArray(bigEndian: true)))}";

    /// <param name="authorization">The Authorization header.</param>
    /// <returns>Null when there is no key or it is wrong.</returns>
    public TenantId? TenantOf(string? authorization)
    {
        if (GivenIn(authorization) is not { } given)
            return null;
        if (configured is not null && Default is not null && IsSame(given, configured))
            return Default;
        if (given.Split('.') is not [var name, _] || !Guid.TryParseExact(name, "N", out var id))
            return null;
        var tenant = new TenantId(id);
        return IsSame(given, KeyOf(tenant)) ? tenant : null;
    }

    /// <summary>True for the key of the owner's choosing, whether or not its tenant is known yet.</summary>
    public bool IsOwners(string? authorization) => configured is not null && GivenIn(authorization) is { } given && IsSame(given, configured);

    private static string? GivenIn(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? authorization[Scheme.Length..].Trim() : null;

    private static bool IsSame(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
