using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Telegram.Wire;

// Only the fields the desk reads. Whatever else Telegram sends lands in Rest, where its name still tells its kind.

internal sealed class WireUpdate
{
    public WireMessage? Message { get; set; }
    public WireMessage? EditedMessage { get; set; }
    public WireCallbackQuery? CallbackQuery { get; set; }
    public WireChatMemberUpdated? MyChatMember { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

internal sealed class WireCallbackQuery
{
    public string Id { get; set; } = "";
    public WireUser? From { get; set; }
    public WireMessage? Message { get; set; }
    public string? Data { get; set; }
}

internal sealed class WireChatMemberUpdated
{
    public WireChat? Chat { get; set; }
    public WireUser? From { get; set; }
    public ChatMember? OldChatMember { get; set; }
    public ChatMember? NewChatMember { get; set; }
}

internal sealed class WireUser
{
    public long Id { get; set; }
    public bool IsBot { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public string? Username { get; set; }
    public string? LanguageCode { get; set; }
}

internal sealed class WireChat
{
    public long Id { get; set; }
    public string? Type { get; set; }
    public string? Title { get; set; }
    public string? Username { get; set; }
    public bool IsForum { get; set; }
}
