using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Telegram.Wire;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 512)]
[JsonSerializable(typeof(WireUpdate))]
[JsonSerializable(typeof(Envelope))]
[JsonSerializable(typeof(BotProfile))]
[JsonSerializable(typeof(WebhookState))]
[JsonSerializable(typeof(ChatMember))]
[JsonSerializable(typeof(WireChat))]
[JsonSerializable(typeof(StoredFile))]
[JsonSerializable(typeof(SentMessage))]
[JsonSerializable(typeof(ForumTopic))]
[JsonSerializable(typeof(JsonElement[]))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(NoParameters))]
[JsonSerializable(typeof(SetWebhook))]
[JsonSerializable(typeof(DeleteWebhook))]
[JsonSerializable(typeof(GetUpdates))]
[JsonSerializable(typeof(SendMessage))]
[JsonSerializable(typeof(CopyMessage))]
[JsonSerializable(typeof(EditMessageText))]
[JsonSerializable(typeof(EditMessageReplyMarkup))]
[JsonSerializable(typeof(AnswerCallbackQuery))]
[JsonSerializable(typeof(SendChatAction))]
[JsonSerializable(typeof(SendMessageDraft))]
[JsonSerializable(typeof(GetFile))]
[JsonSerializable(typeof(OfChat))]
[JsonSerializable(typeof(GetChatMember))]
[JsonSerializable(typeof(CreateForumTopic))]
[JsonSerializable(typeof(OfTopic))]
[JsonSerializable(typeof(SetMyCommands))]
internal sealed partial class WireJson : JsonSerializerContext;

internal static class CallJson
{
    /// <summary>For bodies of calls: Cyrillic as it is, not as \u escapes of three times the length. No browser reads them.</summary>
    public static readonly WireJson Context = new(new JsonSerializerOptions(WireJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
