using OpenAI.Audio;
using Support.Models;
using Support.OpenAi.Calls;

namespace Support.OpenAi;

/// <summary>Speech into text: POST /v1/audio/transcriptions.</summary>
internal static class TranscribeCall
{
    // Services that count tokens of speech count some ten a second; a second of a voice message takes four kilobytes at most times.
    private const int BytesPerToken = 400;

    public static async Task<string> OnceAsync(ModelClients clients, ReadOnlyMemory<byte> audio, string name, string? language, CallTry attempt, CancellationToken cancellation)
    {
        attempt.Sends(() => 1 + audio.Length / BytesPerToken);
        using var stream = new MemoryStream(audio.ToArray(), writable: false);
        var transcription = await clients.Audio(attempt.Target).TranscribeAudioAsync(stream, name, new AudioTranscriptionOptions { Language = language }, cancellation);
        var text = transcription.Value.Text;
        attempt.Count(null, text);
        return string.IsNullOrWhiteSpace(text)
            ? throw new CallFailedException(ModelFailure.BadAnswer, $"{attempt.Target} heard nothing.")
            : text.Trim();
    }
}
