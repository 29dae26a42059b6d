using System.Security.Cryptography;
using System.Text;

namespace Support.Tenants;

/// <summary>Keeps bot tokens unreadable in the database: AES-256-GCM, with keys derived from the master key of the secret store.</summary>
public sealed class SecretBox
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key;

    /// <exception cref="FormatException">The master key is not 32 bytes in base64.</exception>
    public SecretBox(string masterKey) => _key = Derive(masterKey, "bot tokens");

    /// <summary>A key for one use from the master key (HKDF-SHA256, RFC 5869), so that no two uses share one.</summary>
    public static byte[] Derive(string masterKey, string use)
    {
        var master = new byte[64];
        if (!Convert.TryFromBase64String(masterKey, master, out var length) || length < 32)
            throw new FormatException("Support__Security__MasterKey must be at least 32 random bytes in base64. Make one with: openssl rand -base64 32");
        return HKDF.DeriveKey(HashAlgorithmName.SHA256, master[..length], 32, info: Encoding.UTF8.GetBytes("support/" + use));
    }

    public byte[] Close(string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize));
        return box;
    }

    /// <exception cref="AuthenticationTagMismatchException">Closed with another master key, or damaged.</exception>
    public string Open(byte[] box)
    {
        var plain = new byte[box.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain);
        return Encoding.UTF8.GetString(plain);
    }
}
