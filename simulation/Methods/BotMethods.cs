using System.Collections.Frozen;

namespace Support.Simulation;

/// <summary>Every method that answers at once, by name. getUpdates waits and stands apart (<see cref="GetUpdates"/>).</summary>
internal static class BotMethods
{
    private static readonly FrozenDictionary<string, Func<Call, Reply>> ByName = new Dictionary<string, Func<Call, Reply>>
    {
        ["getMe"] = BotProfile.GetMe,
        ["setMyCommands"] = BotProfile.SetMyCommands,
        ["setWebhook"] = WebhookMethods.Set,
        ["deleteWebhook"] = WebhookMethods.Delete,
        ["getWebhookInfo"] = WebhookMethods.Info,
        ["sendMessage"] = SendMessage.Send,
        ["sendMessageDraft"] = SendMessage.SendDraft,
        ["copyMessage"] = CopyMessage.Copy,
        ["forwardMessage"] = CopyMessage.Forward,
        ["sendDocument"] = SendFile.SendDocument,
        ["sendPhoto"] = SendFile.SendPhoto,
        ["editMessageText"] = EditMessage.EditText,
        ["editMessageReplyMarkup"] = EditMessage.EditReplyMarkup,
        ["deleteMessage"] = DeleteMessage.Delete,
        ["pinChatMessage"] = PinMessage.Pin,
        ["answerCallbackQuery"] = AnswerCallback.Answer,
        ["sendChatAction"] = ChatAction.Send,
        ["getFile"] = SendFile.GetFile,
        ["getChat"] = ChatMethods.Get,
        ["getChatMember"] = ChatMethods.GetMember,
        ["getChatAdministrators"] = ChatMethods.GetAdministrators,
        ["leaveChat"] = ChatMethods.Leave,
        ["createForumTopic"] = ForumTopics.Create,
        ["editForumTopic"] = ForumTopics.Edit,
        ["closeForumTopic"] = ForumTopics.Close,
        ["reopenForumTopic"] = ForumTopics.Reopen,
        ["deleteForumTopic"] = ForumTopics.Delete,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Func<Call, Reply>? Find(string method) => ByName.GetValueOrDefault(method);
}
