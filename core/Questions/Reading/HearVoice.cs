using Microsoft.Extensions.Logging;
using Support.Conversations;
using Support.Models;

namespace Support.Questions.Reading;

/// <summary>A voice message as question text, by the model of <see cref="ModelRole.Transcription"/>.</summary>
public sealed partial class HearVoice(IModels models, ILogger<HearVoice> logger)
{
    public bool IsThere => models.Has(ModelRole.Transcription);

    /// <param name="language">What the customer chose; null if nobody said.</param>
    /// <returns>Null when it could not be heard, which has been logged.</returns>
    public async Task<string?> HearAsync(ReadOnlyMemory<byte> sound, Medium medium, string? language, ModelUse use, CancellationToken cancellation)
    {
        if (Speech.NameOf(medium) is not { } name)
            return null;
        try
        {
            return await models.TranscribeAsync(sound, name, language, use, cancellation);
        }
        catch (ModelException e)
        {
            Log.Failed(logger, e.Failure, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A voice message was not transcribed ({Failure}): {Problem}")]
        public static partial void Failed(ILogger logger, ModelFailure failure, string problem);
    }
}
