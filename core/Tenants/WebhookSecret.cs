using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Support.Tenants;

/// <summary>
/// The text Telegram sends back with every update of a bot, so that nobody else can. It is computed, not stored: the
/// receiver needs no database to check it. A new generation revokes the secret of one bot; a new key those of all bots.
/// </summary>
public static class WebhookSecret
{
    /// <summary>Telegram's own limit.</summary>
    private const int MaxLength = 256;

    /// <summary>g{generation}_{base64url(HMAC-SHA256(key, "{tenant}\n{bot}\n{generation}"))}</summary>
    public static string Make(ReadOnlySpan<byte> key, TenantId tenant, BotId bot, int generation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(generation);
        Span<byte> secret = stackalloc byte[MaxLength];
        return Encoding.ASCII.GetString(secret[..Write(key, tenant, bot, generation, secret)]);
    }

    /// <returns>The generation the secret was made for, to be compared with the bot's current one; null if it was not made with one of the keys.</returns>
    public static int? Verify(string? given, TenantId tenant, BotId bot, WebhookKeys keys)
    {
        if (given is null || given.Length > MaxLength || GenerationOf(given) is not { } generation)
            return null;
        Span<byte> bytes = stackalloc byte[MaxLength];
        if (!Encoding.UTF8.TryGetBytes(given, bytes, out var length))
            return null;
        var secret = bytes[..length];
        return Matches(secret, keys.Current, tenant, bot, generation)
            || (keys.Previous is { } previous && Matches(secret, previous, tenant, bot, generation))
            ? generation
            : null;
    }

    private static int? GenerationOf(string given)
    {
        var end = given.IndexOf('_');
        return end > 1 && given[0] == 'g' && int.TryParse(given.AsSpan(1, end - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            ? generation
            : null;
    }

    private static bool Matches(ReadOnlySpan<byte> given, byte[] key, TenantId tenant, BotId bot, int generation)
    {
        Span<byte> expected = stackalloc byte[MaxLength];
        return CryptographicOperations.FixedTimeEquals(given, expected[..Write(key, tenant, bot, generation, expected)]);
    }

    private static int Write(ReadOnlySpan<byte> key, TenantId tenant, BotId bot, int generation, Span<byte> secret)
    {
        // 36 + 1 + 20 + 1 + 11: a UUID, a 64-bit and a 32-bit number, two line ends.
        Span<byte> named = stackalloc byte[69];
        var end = 0;
        tenant.Value.TryFormat(named, out var written);
        named[end += written] = (byte)'\n';
        bot.Value.TryFormat(named[++end..], out written);
        named[end += written] = (byte)'\n';
        generation.TryFormat(named[++end..], out written);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, named[..(end + written)], hash);

        secret[0] = (byte)'g';
        generation.TryFormat(secret[1..], out written);
        secret[1 + written] = (byte)'_';
        var head = written + 2;
        return head + Base64Url.EncodeToUtf8(hash, secret[head..]);
    }
}

/// <param name="Current">New secrets are made with this key. At least 32 random bytes.</param>
/// <param name="Previous">Still accepted, until every webhook is registered with the current key.</param>
public sealed record WebhookKeys(byte[] Current, byte[]? Previous);
