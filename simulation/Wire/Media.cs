namespace Support.Simulation.Wire;

public sealed record Document(string FileId, string FileUniqueId)
{
    public string? FileName { get; init; }

    public string? MimeType { get; init; }

    public long? FileSize { get; init; }
}

public sealed record PhotoSize(string FileId, string FileUniqueId, int Width, int Height)
{
    public long? FileSize { get; init; }
}

public sealed record Voice(string FileId, string FileUniqueId, int Duration)
{
    public string? MimeType { get; init; }

    public long? FileSize { get; init; }
}

/// <summary>The answer to getFile.</summary>
public sealed record FileLink(string FileId, string FileUniqueId, long FileSize, string FilePath);
