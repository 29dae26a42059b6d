using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Support.Knowledge;

/// <summary>Tells whether a chunk is the one that is already indexed.</summary>
internal static class ChunkHash
{
    // Each field is preceded by its length (-1 for null), so that no two different chunks write the same bytes.
    public static byte[] Of(string record, string source, string? link, string title, string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in (ReadOnlySpan<string?>)[record, source, link, title, text])
        {
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32LittleEndian(length, field is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        return hash.GetHashAndReset();
    }
}
