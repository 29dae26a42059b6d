using Support.Simulation.Wire;

namespace Support.Simulation;

public enum FileKind { Document, Photo, Voice }

/// <summary>A file somebody sent. Its id works for every bot, where Telegram's works only for the bot that saw it.</summary>
/// <param name="Path">Below /file/bot{token}/, like documents/file_7.pdf.</param>
internal sealed record StoredFile(long Number, string FileId, string FileUniqueId, string Path, long Size, FileKind Kind)
{
    public string? Name { get; init; }

    public string? MediaType { get; init; }

    public int Width { get; init; }

    public int Height { get; init; }

    public Document AsDocument() => new(FileId, FileUniqueId) { FileName = Name, MimeType = MediaType, FileSize = Size };

    public IReadOnlyList<PhotoSize> AsPhoto() => [new PhotoSize(FileId, FileUniqueId, Width, Height) { FileSize = Size }];

    // Nothing here decodes sound; a second and a half of speech takes about 3 KB in Telegram's voice messages.
    public Voice AsVoice() => new(FileId, FileUniqueId, (int)Math.Max(1, Size / 2000)) { MimeType = MediaType ?? "audio/ogg", FileSize = Size };

    public FileLink AsLink() => new(FileId, FileUniqueId, Size, Path);
}
