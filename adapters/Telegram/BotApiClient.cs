using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Support.Conversations;
using Support.Telegram.Wire;

namespace Support.Telegram;

/// <summary>
/// The Bot API as far as the desk calls it. What makes a message or a topic is called exactly once; what can be repeated
/// is, within seconds. Endings are values (<see cref="ApiResult{T}"/>), never exceptions, but for cancellation.
/// </summary>
public sealed class BotApiClient(HttpClient http, Uri apiUrl, TimeProvider clock)
{
    /// <summary>Telegram holds an empty getUpdates open this long at most.</summary>
    public static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(50);

    /// <summary>The kinds of update the desk reads.</summary>
    public static readonly IReadOnlyList<string> AllowedUpdates = ["message", "edited_message", "callback_query", "my_chat_member"];

    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Momentary = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Download = TimeSpan.FromMinutes(2);
    private static readonly NoParameters None = new();

    private readonly BotApiTransport _transport = new(http, apiUrl, clock);

    /// <summary>Where calls go; the real service or the simulation.</summary>
    public Uri ApiUrl => apiUrl;

    // Repeatable: asking, and setting something to a value.

    public Task<ApiResult<BotProfile>> GetMeAsync(BotToken token, CancellationToken cancellation) =>
        RepeatableAsync(token, "getMe", None, CallJson.Context.NoParameters, WireJson.Default.BotProfile, cancellation);

    /// <param name="secret">1–256 of A–Z, a–z, 0–9, _ and -; comes back with each update.</param>
    public Task<ApiResult<bool>> SetWebhookAsync(BotToken token, Uri url, string secret, CancellationToken cancellation) =>
        RepeatableAsync(token, "setWebhook", new SetWebhook(url.AbsoluteUri, secret, AllowedUpdates, MaxConnections: 40), CallJson.Context.SetWebhook, WireJson.Default.Boolean, cancellation);

    /// <summary>Waiting updates stay and come by polling or by the next webhook.</summary>
    public Task<ApiResult<bool>> DeleteWebhookAsync(BotToken token, CancellationToken cancellation) =>
        RepeatableAsync(token, "deleteWebhook", new DeleteWebhook(DropPendingUpdates: false), CallJson.Context.DeleteWebhook, WireJson.Default.Boolean, cancellation);

    public Task<ApiResult<WebhookState>> GetWebhookInfoAsync(BotToken token, CancellationToken cancellation) =>
        RepeatableAsync(token, "getWebhookInfo", None, CallJson.Context.NoParameters, WireJson.Default.WebhookState, cancellation);

    public Task<ApiResult<bool>> AnswerCallbackQueryAsync(BotToken token, string queryId, string? text, bool alert, CancellationToken cancellation) =>
        RepeatableAsync(token, "answerCallbackQuery", new AnswerCallbackQuery(queryId, text, alert ? true : null), CallJson.Context.AnswerCallbackQuery, WireJson.Default.Boolean, cancellation);

    public Task<ApiResult<StoredFile>> GetFileAsync(BotToken token, string fileId, CancellationToken cancellation) =>
        RepeatableAsync(token, "getFile", new GetFile(fileId), CallJson.Context.GetFile, WireJson.Default.StoredFile, cancellation);

    public async Task<ApiResult<Chat>> GetChatAsync(BotToken token, long chat, CancellationToken cancellation) =>
        (await RepeatableAsync(token, "getChat", new OfChat(chat), CallJson.Context.OfChat, WireJson.Default.WireChat, cancellation)).Map(UpdateReader.ChatOf);

    public Task<ApiResult<ChatMember>> GetChatMemberAsync(BotToken token, long chat, long user, CancellationToken cancellation) =>
        RepeatableAsync(token, "getChatMember", new GetChatMember(chat, user), CallJson.Context.GetChatMember, WireJson.Default.ChatMember, cancellation);

    public Task<ApiResult<bool>> ReopenForumTopicAsync(BotToken token, long chat, long thread, CancellationToken cancellation) =>
        RepeatableAsync(token, "reopenForumTopic", new OfTopic(chat, thread), CallJson.Context.OfTopic, WireJson.Default.Boolean, cancellation);

    /// <param name="languageCode">Null: for every language without commands of its own.</param>
    /// <param name="chat">Null: for every chat without commands of its own.</param>
    public Task<ApiResult<bool>> SetMyCommandsAsync(BotToken token, IReadOnlyList<BotCommand> commands, string? languageCode, long? chat, CancellationToken cancellation) =>
        RepeatableAsync(
            token,
            "setMyCommands",
            new SetMyCommands(commands, chat is null ? null : new BotCommandScope("chat", chat), languageCode),
            CallJson.Context.SetMyCommands,
            WireJson.Default.Boolean,
            cancellation);

    public Task<ApiResult<bool>> LeaveChatAsync(BotToken token, long chat, CancellationToken cancellation) =>
        RepeatableAsync(token, "leaveChat", new OfChat(chat), CallJson.Context.OfChat, WireJson.Default.Boolean, cancellation);

    /// <returns>Null when the file is larger than allowed.</returns>
    public Task<ApiResult<byte[]?>> DownloadAsync(BotToken token, string filePath, long maxBytes, CancellationToken cancellation) =>
        _transport.DownloadAsync(token, filePath, maxBytes, Download, cancellation);

    // Exactly once: sending. Only the outbox knows what a second time would mean.

    /// <summary>The oldest updates from <paramref name="offset"/> on, at most 100; those before it are confirmed by asking.</summary>
    public async Task<ApiResult<IReadOnlyList<RawUpdate>>> GetUpdatesAsync(BotToken token, long offset, TimeSpan timeout, CancellationToken cancellation)
    {
        var parameters = new GetUpdates(offset, 100, (int)timeout.TotalSeconds, AllowedUpdates);
        var result = await OnceAsync(token, "getUpdates", parameters, CallJson.Context.GetUpdates, WireJson.Default.JsonElementArray, timeout + Usual, cancellation);
        // Passed over, it would be confirmed and lost.
        if (result is ApiResult<JsonElement[]>.Ok { Value: var answered } && !Array.TrueForAll(answered, update => IdOf(update) is not null))
            return new ApiResult<IReadOnlyList<RawUpdate>>.InDoubt("getUpdates: an update came without update_id");
        return result.Map<IReadOnlyList<RawUpdate>>(updates => [.. updates.Select(update => new RawUpdate(IdOf(update) ?? 0, JsonMarshal.GetRawUtf8Value(update).ToArray()))]);
    }

    internal Task<ApiResult<SentMessage>> SendMessageAsync(BotToken token, SendMessage message, CancellationToken cancellation) =>
        OnceAsync(token, "sendMessage", message, CallJson.Context.SendMessage, WireJson.Default.SentMessage, Usual, cancellation);

    internal Task<ApiResult<SentMessage>> CopyMessageAsync(BotToken token, CopyMessage message, CancellationToken cancellation) =>
        OnceAsync(token, "copyMessage", message, CallJson.Context.CopyMessage, WireJson.Default.SentMessage, Usual, cancellation);

    internal Task<ApiResult<SentMessage>> EditMessageTextAsync(BotToken token, EditMessageText edit, CancellationToken cancellation) =>
        OnceAsync(token, "editMessageText", edit, CallJson.Context.EditMessageText, WireJson.Default.SentMessage, Usual, cancellation);

    internal Task<ApiResult<SentMessage>> EditMessageReplyMarkupAsync(BotToken token, EditMessageReplyMarkup edit, CancellationToken cancellation) =>
        OnceAsync(token, "editMessageReplyMarkup", edit, CallJson.Context.EditMessageReplyMarkup, WireJson.Default.SentMessage, Usual, cancellation);

    internal Task<ApiResult<ForumTopic>> CreateForumTopicAsync(BotToken token, long chat, string name, CancellationToken cancellation) =>
        OnceAsync(token, "createForumTopic", new CreateForumTopic(chat, name), CallJson.Context.CreateForumTopic, WireJson.Default.ForumTopic, Usual, cancellation);

    internal Task<ApiResult<bool>> CloseForumTopicAsync(BotToken token, long chat, long thread, CancellationToken cancellation) =>
        OnceAsync(token, "closeForumTopic", new OfTopic(chat, thread), CallJson.Context.OfTopic, WireJson.Default.Boolean, Usual, cancellation);

    /// <summary>"typing …" a second time would come when the answer is there.</summary>
    internal Task<ApiResult<bool>> SendTypingAsync(BotToken token, long chat, long? thread, CancellationToken cancellation) =>
        OnceAsync(token, "sendChatAction", new SendChatAction(chat, thread, "typing"), CallJson.Context.SendChatAction, WireJson.Default.Boolean, Momentary, cancellation);

    internal Task<ApiResult<bool>> SendDraftAsync(BotToken token, SendMessageDraft draft, CancellationToken cancellation) =>
        OnceAsync(token, "sendMessageDraft", draft, CallJson.Context.SendMessageDraft, WireJson.Default.Boolean, Momentary, cancellation);

    private async Task<ApiResult<TResult>> RepeatableAsync<TParameters, TResult>(
        BotToken token, string method, TParameters parameters, JsonTypeInfo<TParameters> written, JsonTypeInfo<TResult> read, CancellationToken cancellation) =>
        Decode(method, await _transport.RepeatableAsync(new Call(token, method, JsonSerializer.SerializeToUtf8Bytes(parameters, written), Usual), cancellation), read);

    private async Task<ApiResult<TResult>> OnceAsync<TParameters, TResult>(
        BotToken token, string method, TParameters parameters, JsonTypeInfo<TParameters> written, JsonTypeInfo<TResult> read, TimeSpan timeout, CancellationToken cancellation) =>
        Decode(method, await _transport.OnceAsync(new Call(token, method, JsonSerializer.SerializeToUtf8Bytes(parameters, written), timeout), cancellation), read);

    private static ApiResult<T> Decode<T>(string method, ApiResult<JsonElement> result, JsonTypeInfo<T> type)
    {
        try
        {
            return result.Map(value => value.Deserialize(type) ?? throw new JsonException("null"));
        }
        catch (JsonException)
        {
            return new ApiResult<T>.InDoubt($"{method}: the answer is not what the Bot API promises");
        }
    }

    private static long? IdOf(JsonElement update) =>
        update.ValueKind == JsonValueKind.Object && update.TryGetProperty("update_id"u8, out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number)
            ? number
            : null;
}
