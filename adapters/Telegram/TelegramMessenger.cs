using Microsoft.Extensions.Logging;
using Support.Conversations;
using Support.Telegram.Wire;
using Support.Tenants;

namespace Support.Telegram;

/// <summary>The desk's messages as calls of the Bot API, and their endings in the desk's words.</summary>
public sealed partial class TelegramMessenger(BotApiClient api, IBotTokens tokens, ILogger<TelegramMessenger> logger) : IMessenger
{
    private const int LongestNotice = 200;
    private const int LongestText = 4096;
    private const int LongestTopicName = 128;

    public async ValueTask<Delivery> SendAsync(BotId bot, long chat, Outgoing message, CancellationToken cancellation)
    {
        if (await TokenAsync(bot, cancellation) is not { } token)
            return new Delivery.Refused(401, NoToken(bot));
        return message switch
        {
            Outgoing.SendText text => Deliveries.Of(await api.SendMessageAsync(token, Request(chat, text), cancellation), sent => sent.MessageId),
            Outgoing.EditText edit => Deliveries.Of(await api.EditMessageTextAsync(token, Request(chat, edit), cancellation), _ => edit.MessageId, unchanged: edit.MessageId),
            Outgoing.EditKeyboard edit => Deliveries.Of(
                await api.EditMessageReplyMarkupAsync(token, new EditMessageReplyMarkup(chat, edit.MessageId, Buttons(edit.Keyboard)), cancellation),
                _ => edit.MessageId,
                unchanged: edit.MessageId),
            Outgoing.CopyMessage copy => Deliveries.Of(
                await api.CopyMessageAsync(token, new CopyMessage(chat, copy.Thread, copy.FromChat, copy.MessageId, Reply(copy.ReplyTo)), cancellation),
                sent => sent.MessageId),
            Outgoing.CreateTopic topic => Deliveries.Of(
                await api.CreateForumTopicAsync(token, chat, Cut(topic.Name, LongestTopicName), cancellation),
                created => created.MessageThreadId),
            Outgoing.CloseTopic topic => Deliveries.Of(await api.CloseForumTopicAsync(token, chat, topic.Thread, cancellation), _ => 0),
            Outgoing.ReopenTopic topic => Deliveries.Of(await api.ReopenForumTopicAsync(token, chat, topic.Thread, cancellation), _ => 0),
            _ => throw new ArgumentException($"No call of the Bot API is known for {message.GetType().Name}.", nameof(message)),
        };
    }

    public async ValueTask ShowTypingAsync(BotId bot, long chat, long? thread, CancellationToken cancellation)
    {
        if (await TokenAsync(bot, cancellation) is { } token)
            Noted(bot, "sendChatAction", await api.SendTypingAsync(token, chat, thread, cancellation));
    }

    public async ValueTask<bool> ShowDraftAsync(BotId bot, long chat, long? thread, long draft, string text, CancellationToken cancellation)
    {
        if (await TokenAsync(bot, cancellation) is not { } token)
            return false;
        var shown = await api.SendDraftAsync(token, new SendMessageDraft(chat, thread, draft, Cut(text, LongestText)), cancellation);
        Noted(bot, "sendMessageDraft", shown);
        return shown is ApiResult<bool>.Ok;
    }

    public async ValueTask AnswerButtonAsync(BotId bot, string queryId, string? notice, bool alert, CancellationToken cancellation)
    {
        if (await TokenAsync(bot, cancellation) is { } token)
            Noted(bot, "answerCallbackQuery", await api.AnswerCallbackQueryAsync(token, queryId, notice is null ? null : Cut(notice, LongestNotice), alert, cancellation));
    }

    public async ValueTask<FileDownload> DownloadAsync(BotId bot, string fileId, long maxBytes, CancellationToken cancellation)
    {
        if (await TokenAsync(bot, cancellation) is not { } token)
            return new FileDownload.Failed(NoToken(bot));
        var file = await api.GetFileAsync(token, fileId, cancellation);
        return file switch
        {
            ApiResult<StoredFile>.Ok { Value: { FileSize: { } size } } when size > maxBytes => new FileDownload.TooLarge(size),
            ApiResult<StoredFile>.Ok { Value: { FilePath: { } path } stored } => await DownloadAsync(token, stored, path, maxBytes, cancellation),
            ApiResult<StoredFile>.Ok => new FileDownload.Failed("Telegram gave no path for the file"),
            // Telegram itself hands out no more than that, and then does not say how large the file is.
            ApiResult<StoredFile>.Error { Code: 400 } error when error.Description.Contains("file is too big", StringComparison.OrdinalIgnoreCase) =>
                new FileDownload.TooLarge(Math.Max(maxBytes, LargestFile) + 1),
            _ => new FileDownload.Failed(file.Problem),
        };
    }

    /// <exception cref="HttpRequestException">Telegram could not be asked.</exception>
    public async ValueTask<BotStanding> StandingAsync(BotId bot, long chat, CancellationToken cancellation)
    {
        if (await TokenAsync(bot, cancellation) is not { } token)
            return BotStanding.Absent;
        var member = await api.GetChatMemberAsync(token, chat, bot.Value, cancellation);
        return member switch
        {
            ApiResult<ChatMember>.Ok ok => ok.Value.AsBot(),
            // "Chat not found", "bot was kicked", "bot is not a member": different words for not being there.
            ApiResult<ChatMember>.Error { Code: 400 or 403 } => BotStanding.Absent,
            _ => throw new HttpRequestException($"What bot {bot} is in chat {chat} is not known: {member.Problem}. Ask again later."),
        };
    }

    public async ValueTask LeaveAsync(BotId bot, long chat, CancellationToken cancellation)
    {
        if (await TokenAsync(bot, cancellation) is { } token)
            Noted(bot, "leaveChat", await api.LeaveChatAsync(token, chat, cancellation));
    }

    private const long LargestFile = 20 * 1024 * 1024;

    private async Task<FileDownload> DownloadAsync(BotToken token, StoredFile file, string path, long maxBytes, CancellationToken cancellation)
    {
        var content = await api.DownloadAsync(token, path, maxBytes, cancellation);
        return content switch
        {
            ApiResult<byte[]?>.Ok { Value: { } bytes } => new FileDownload.Complete(bytes),
            ApiResult<byte[]?>.Ok => new FileDownload.TooLarge(Math.Max(file.FileSize ?? 0, maxBytes + 1)),
            _ => new FileDownload.Failed(content.Problem),
        };
    }

    private async ValueTask<BotToken?> TokenAsync(BotId bot, CancellationToken cancellation) =>
        BotToken.TryParse(await tokens.TokenAsync(bot, cancellation), out var token) ? token : null;

    private static string NoToken(BotId bot) => $"no usable token is kept for bot {bot}: connect it again";

    private static SendMessage Request(long chat, Outgoing.SendText text) => new(
        chat,
        text.Thread,
        text.Html,
        ParseMode(text.Plain),
        LinkPreviewOptions.Off,
        text.Silent ? true : null,
        Reply(text.ReplyTo),
        Buttons(text.Keyboard));

    private static EditMessageText Request(long chat, Outgoing.EditText edit) => new(
        chat,
        edit.MessageId,
        edit.Html,
        ParseMode(edit.Plain),
        LinkPreviewOptions.Off,
        Buttons(edit.Keyboard));

    private static string? ParseMode(bool plain) => plain ? null : "HTML";

    private static ReplyParameters? Reply(long? messageId) => messageId is { } id ? new ReplyParameters(id) : null;

    private static InlineKeyboard? Buttons(Keyboard? keyboard) => keyboard is null
        ? null
        : new InlineKeyboard([.. keyboard.Rows.Select(row => (IReadOnlyList<InlineButton>)[.. row.Select(button => new InlineButton(button.Text, button.Data, button.Url))])]);

    private static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        // Not between the halves of a surrogate pair.
        var end = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private void Noted<T>(BotId bot, string method, ApiResult<T> result)
    {
        if (result is not ApiResult<T>.Ok)
            Log.BestEffortFailed(logger, method, bot, result.Problem);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Method} of bot {Bot} came to nothing: {Problem}")]
        public static partial void BestEffortFailed(ILogger logger, string method, BotId bot, string problem);
    }
}
