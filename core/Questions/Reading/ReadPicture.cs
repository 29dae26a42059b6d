using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Support.Generation;
using Support.Generation.Guards;
using Support.Models;

namespace Support.Questions.Reading;

/// <summary>A picture as question text: by the model of <see cref="ModelRole.Picture"/>, else by what is installed.</summary>
public sealed partial class ReadPicture(IModels models, IPictureText installed, ILogger<ReadPicture> logger)
{
    public bool IsThere => models.Has(ModelRole.Picture) || installed.IsThere;

    /// <param name="language">What the customer is spoken to in.</param>
    /// <returns>Empty when the picture says nothing; null when it could not be read, which has been logged.</returns>
    public async Task<string?> ReadAsync(ReadOnlyMemory<byte> picture, string language, ModelUse use, CancellationToken cancellation)
    {
        if (PictureFormat.Of(picture.Span) is not { } mediaType)
            return null;
        if (models.Has(ModelRole.Picture) && await SeeAsync(picture, mediaType, language, use, cancellation) is { } seen)
            return seen;
        return installed.IsThere ? await installed.ReadAsync(picture, cancellation) : null;
    }

    private async Task<string?> SeeAsync(ReadOnlyMemory<byte> picture, string mediaType, string language, ModelUse use, CancellationToken cancellation)
    {
        try
        {
            var message = new ChatMessage(ChatRole.User, [new TextContent($"The customer's language: {language}."), new DataContent(picture, mediaType)]);
            var reply = await StructuredChat.AskAsync(models, ModelRole.Picture, use, PicturePrompt.System, message, PicturePrompt.Form, cancellation);
            // A picture that speaks to the model may have been obeyed: then its own words are the question, so that whoever handles them is warned as by any other text.
            return reply.Question.Trim().Length == 0 || InjectionSigns.Of(reply.Text).IsAttempt ? reply.Text : reply.Question;
        }
        catch (ModelException e)
        {
            Log.Failed(logger, e.Failure, e.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A picture was not read by its model ({Failure}): {Problem}")]
        public static partial void Failed(ILogger logger, ModelFailure failure, string problem);
    }
}
