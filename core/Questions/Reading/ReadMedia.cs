using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Support.Conversations;
using Support.Database;
using Support.Generation.Guards;
using Support.Knowledge;
using Support.Models;
using Support.Tenants;

namespace Support.Questions.Reading;

/// <summary>
/// Pictures and voice messages of a question become text, which from then on is treated as if it had been typed. Each is read once: what was read is kept with its message.
/// What cannot be read stays as it is, and a person gets the question.
/// </summary>
public sealed partial class ReadMedia(
    DeskDatabase database, FetchEditorFile files, KeepTyping typing, HearVoice voice, ReadPicture picture, IOptions<ReadingOptions> options, TimeProvider clock, ILogger<ReadMedia> logger)
{
    /// <summary>Two minutes of speech; a question is shorter.</summary>
    private const int MostCharacters = 2_000;

    // Before it is looked through.
    private const int MostRead = 20_000;

    // How long a recording is, its sender says. A voice message takes four kilobytes a second, good music sixteen; more than the longest would take is longer.
    private const int MostBytesPerSecond = 16 * 1024;

    /// <param name="use">On whose account models read.</param>
    /// <returns>The same messages, with what was read in them.</returns>
    public async Task<LeasedConversation.Due> ReadAsync(BotInfo bot, LeasedConversation.Due talk, ModelUse use, CancellationToken cancellation)
    {
        // A person who has the conversation looks at the file itself.
        if (talk.TicketId is not null)
            return talk;
        var unread = talk.Messages.Where(QuestionText.NeedsEyes).ToList();
        // One that cannot be read takes the question to a person, who looks at the others as well.
        if (unread.Count == 0 || unread.Count > options.Value.Files || !unread.TrueForAll(CanBeRead))
            return talk;
        using var patience = new CancellationTokenSource(options.Value.Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return talk with { Messages = await typing.WhileAsync(ReadAllAsync(bot, talk, unread, use, either.Token), bot.Id, talk.Chat, talk.Thread, either.Token) };
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            Log.TookTooLong(logger, talk.Id, options.Value.Patience.TotalSeconds);
            return talk;
        }
    }

    private async Task<IReadOnlyList<PendingMessage>> ReadAllAsync(BotInfo bot, LeasedConversation.Due talk, List<PendingMessage> unread, ModelUse use, CancellationToken cancellation)
    {
        var messages = talk.Messages.ToList();
        foreach (var message in unread)
        {
            if (await ReadAsync(bot, talk, message.Medium!, use, cancellation) is not { } reading)
                break;
            await KeepAsync(bot.Tenant, message.Id, message.Medium!.FileId!, reading, cancellation);
            messages[messages.IndexOf(message)] = message with { Reading = reading };
            if (reading.Length == 0)
                break;
        }
        return messages;
    }

    /// <returns>Empty when there is nothing to be read in it; null when reading failed.</returns>
    private async Task<string?> ReadAsync(BotInfo bot, LeasedConversation.Due talk, Medium medium, ModelUse use, CancellationToken cancellation)
    {
        if (await files.FetchAsync(bot.Id, medium.FileId!, options.Value.FileBytes, cancellation) is not { Length: > 0 } bytes)
        {
            Log.NotFetched(logger, talk.Id);
            return null;
        }
        var read = Speech.Is(medium.Kind)
            ? await voice.HearAsync(bytes, medium, talk.LanguageChosen ? talk.Language : null, use, cancellation)
            : await picture.ReadAsync(bytes, talk.Language, use, cancellation);
        if (read is null)
            return null;
        var clean = QuotedData.Clean(read.Length > MostRead ? read[..MostRead] : read, MostCharacters).Trim();
        return clean.Any(char.IsLetterOrDigit) ? clean : "";
    }

    private bool CanBeRead(PendingMessage message) =>
        message is { Reading: null, Medium: { FileId: not null } medium }
        && !(medium.Size > options.Value.FileBytes)
        && (Speech.Is(medium.Kind)
            ? voice.IsThere && Speech.NameOf(medium) is not null && medium.Seconds <= options.Value.VoiceSeconds && medium.Size <= options.Value.VoiceSeconds * MostBytesPerSecond
            : IsPicture(medium) && picture.IsThere);

    private static bool IsPicture(Medium medium) =>
        medium.Kind == MediumKind.Photo || (medium.Kind == MediumKind.Document && medium.MediaType is "image/png" or "image/jpeg" or "image/webp");

    // Not when the customer has sent another file in its place meanwhile: that one is due.
    private const string Keep = "update message set reading = @reading where id = @message and medium ->> 'fileId' = @file and reading is null";

    private async Task KeepAsync(TenantId tenant, long message, string file, string reading, CancellationToken cancellation)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellation);
        await transaction.ExecuteAsync(Keep, new { message, file, reading }, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A file of conversation {Conversation} could not be fetched from Telegram, or is larger than Support__Reading__FileBytes; a person gets the question.")]
        public static partial void NotFetched(ILogger logger, long conversation);

        [LoggerMessage(2, LogLevel.Warning, "Reading the files of conversation {Conversation} took longer than {Seconds} s (Support__Reading__Patience); a person gets the question.")]
        public static partial void TookTooLong(ILogger logger, long conversation, double seconds);
    }
}
