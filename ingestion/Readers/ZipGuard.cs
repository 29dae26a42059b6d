using System.Buffers;
using System.IO.Compression;

namespace Support.Ingestion.Readers;

/// <summary>Unpacks an archive once without keeping anything, to learn what it really holds before a parser believes its headers.</summary>
internal static class ZipGuard
{
    private const int MostEntries = 10_000;
    private const long RatioFrom = 1024 * 1024;

    /// <returns>Why the archive must not be opened; null if it may be.</returns>
    public static string? Objection(ReadOnlyMemory<byte> bytes, ReaderLimits limits)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray()));
            if (archive.Entries.Count > MostEntries)
                return $"is refused: it holds {archive.Entries.Count} files, more than {MostEntries}; it is no document";
            long total = 0;
            foreach (var entry in archive.Entries)
            {
                if (entry.IsEncrypted)
                    return "is encrypted: take the password off and send it again";
                using var content = entry.Open();
                for (int read; (read = content.Read(buffer)) > 0;)
                {
                    total += read;
                    if (total > limits.UnpackedBytes)
                        return $"is refused: it unpacks to more than {limits.UnpackedBytes / 1048576} MB; take the pictures out, or split it";
                    if (total > RatioFrom && total / bytes.Length > limits.UnpackedRatio)
                        return $"is refused: it unpacks to more than {limits.UnpackedRatio} times its size, as only a file made to do harm does; save it anew in your word processor";
                }
            }
            return null;
        }
        catch (InvalidDataException)
        {
            return "is broken: its ZIP container cannot be unpacked; open it, save it anew and send it again";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
