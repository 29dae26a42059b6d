using System.Buffers.Binary;
using Support.Tenants;

namespace Support.Jobs;

/// <summary>
/// A raw update on its way from the edge to receive-update: a fixed header and Telegram's own bytes, so that the edge
/// neither parses nor copies more than it must. Layout: version (1 byte), tenant (16), bot (8, big endian), generation of
/// the webhook's secret (4; 0 when the update was polled), then the update.
/// </summary>
public readonly record struct UpdateArrived(TenantId Tenant, BotId Bot, int Generation, ReadOnlyMemory<byte> Update)
{
    private const byte Version = 1;
    private const int Header = 1 + 16 + 8 + 4;

    public byte[] ToBytes()
    {
        var bytes = new byte[Header + Update.Length];
        bytes[0] = Version;
        Tenant.Value.TryWriteBytes(bytes.AsSpan(1), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(17), Bot.Value);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(25), Generation);
        Update.Span.CopyTo(bytes.AsSpan(Header));
        return bytes;
    }

    /// <returns>Null when the bytes are not of this form.</returns>
    public static UpdateArrived? Read(ReadOnlyMemory<byte> bytes) =>
        bytes.Length <= Header || bytes.Span[0] != Version
            ? null
            : new UpdateArrived(
                new TenantId(new Guid(bytes.Span[1..17], bigEndian: true)),
                new BotId(BinaryPrimitives.ReadInt64BigEndian(bytes.Span[17..])),
                BinaryPrimitives.ReadInt32BigEndian(bytes.Span[25..]),
                bytes[Header..]);
}
