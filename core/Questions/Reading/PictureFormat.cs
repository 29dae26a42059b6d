namespace Support.Questions.Reading;

/// <summary>What a picture is by its first bytes; what its sender calls it may be wrong.</summary>
internal static class PictureFormat
{
    /// <returns>The media type; null for what is not read.</returns>
    public static string? Of(ReadOnlySpan<byte> picture) =>
        picture is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] ? "image/png"
        : picture is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
        : picture.Length > 12 && picture.StartsWith("RIFF"u8) && picture[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;
}
