using Support.Conversations;

namespace Support.Questions.Reading;

/// <summary>Which files are speech, and what transcription services know their formats by.</summary>
internal static class Speech
{
    private static readonly HashSet<string> Endings = new([".flac", ".m4a", ".mp3", ".mp4", ".mpeg", ".mpga", ".oga", ".ogg", ".wav", ".webm"], StringComparer.OrdinalIgnoreCase);

    public static bool Is(MediumKind kind) => kind is MediumKind.Voice or MediumKind.Audio or MediumKind.VideoNote;

    /// <returns>A name with the ending of its format, none of the sender's words in it; null for a format that services do not take.</returns>
    public static string? NameOf(Medium medium) => medium.Kind switch
    {
        // Telegram's own clients send Ogg with Opus.
        MediumKind.Voice => "voice.ogg",
        MediumKind.VideoNote => "voice.mp4",
        MediumKind.Audio => EndingOf(medium) is { } ending ? "voice" + ending : null,
        _ => null,
    };

    private static string? EndingOf(Medium medium) => medium.MediaType?.ToLowerInvariant() switch
    {
        "audio/mpeg" or "audio/mp3" => ".mp3",
        "audio/mp4" or "audio/m4a" or "audio/x-m4a" or "audio/aac" => ".m4a",
        "audio/ogg" or "audio/opus" => ".ogg",
        "audio/wav" or "audio/x-wav" or "audio/wave" => ".wav",
        "audio/flac" or "audio/x-flac" => ".flac",
        "audio/webm" => ".webm",
        _ => Path.GetExtension(medium.FileName) is { Length: > 0 } ending && Endings.Contains(ending) ? ending.ToLowerInvariant() : null,
    };
}
