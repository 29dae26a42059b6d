namespace Support.Telegram.Wire;

// Parameters of the calls, named as the Bot API names them (in snake case on the wire). A null is left out.

internal sealed record NoParameters;

internal sealed record SetWebhook(string Url, string SecretToken, IReadOnlyList<string> AllowedUpdates, int MaxConnections);

internal sealed record DeleteWebhook(bool DropPendingUpdates);

internal sealed record GetUpdates(long Offset, int Limit, int Timeout, IReadOnlyList<string> AllowedUpdates);

internal sealed record SendMessage(
    long ChatId,
    long? MessageThreadId,
    string Text,
    string? ParseMode,
    LinkPreviewOptions LinkPreviewOptions,
    bool? DisableNotification,
    ReplyParameters? ReplyParameters,
    InlineKeyboard? ReplyMarkup);

internal sealed record CopyMessage(long ChatId, long? MessageThreadId, long FromChatId, long MessageId, ReplyParameters? ReplyParameters);

internal sealed record EditMessageText(
    long ChatId,
    long MessageId,
    string Text,
    string? ParseMode,
    LinkPreviewOptions LinkPreviewOptions,
    InlineKeyboard? ReplyMarkup);

internal sealed record EditMessageReplyMarkup(long ChatId, long MessageId, InlineKeyboard? ReplyMarkup);

internal sealed record AnswerCallbackQuery(string CallbackQueryId, string? Text, bool? ShowAlert);

internal sealed record SendChatAction(long ChatId, long? MessageThreadId, string Action);

/// <param name="DraftId">Not 0.</param>
internal sealed record SendMessageDraft(long ChatId, long? MessageThreadId, long DraftId, string Text);

internal sealed record GetFile(string FileId);

internal sealed record OfChat(long ChatId);

internal sealed record GetChatMember(long ChatId, long UserId);

internal sealed record CreateForumTopic(long ChatId, string Name);

internal sealed record OfTopic(long ChatId, long MessageThreadId);

internal sealed record SetMyCommands(IReadOnlyList<BotCommand> Commands, BotCommandScope? Scope, string? LanguageCode);

internal sealed record BotCommandScope(string Type, long? ChatId);

internal sealed record LinkPreviewOptions(bool IsDisabled)
{
    public static readonly LinkPreviewOptions Off = new(IsDisabled: true);
}

/// <param name="AllowSendingWithoutReply">An answer to a deleted message is still an answer.</param>
internal sealed record ReplyParameters(long MessageId, bool AllowSendingWithoutReply = true);

internal sealed record InlineKeyboard(IReadOnlyList<IReadOnlyList<InlineButton>> Rows)
{
    [System.Text.Json.Serialization.JsonPropertyName("inline_keyboard")]
    public IReadOnlyList<IReadOnlyList<InlineButton>> Rows { get; } = Rows;
}

internal sealed record InlineButton(string Text, string? CallbackData, string? Url);
