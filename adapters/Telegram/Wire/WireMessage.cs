using System.Text.Json;
using System.Text.Json.Serialization;

namespace Support.Telegram.Wire;

internal sealed class WireMessage
{
    public long MessageId { get; set; }
    public long? MessageThreadId { get; set; }
    public bool IsTopicMessage { get; set; }
    public bool IsAutomaticForward { get; set; }
    public WireUser? From { get; set; }
    public WireChat? SenderChat { get; set; }
    public WireChat? Chat { get; set; }
    public long Date { get; set; }
    public WireMessage? ReplyToMessage { get; set; }
    public string? MediaGroupId { get; set; }
    public long? MigrateToChatId { get; set; }

    public string? Text { get; set; }
    public WireEntity[]? Entities { get; set; }
    public string? Caption { get; set; }
    public WireEntity[]? CaptionEntities { get; set; }

    public WireFile[]? Photo { get; set; }
    public WireFile? Document { get; set; }
    public WireFile? Voice { get; set; }
    public WireFile? Audio { get; set; }
    public WireFile? Video { get; set; }
    public WireFile? VideoNote { get; set; }
    public WireFile? Animation { get; set; }
    public WireFile? Sticker { get; set; }

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }

    public bool Has(string field) => Rest is not null && Rest.ContainsKey(field);
}

internal sealed class WireEntity
{
    public string? Type { get; set; }
    public int Offset { get; set; }
    public int Length { get; set; }
    public WireUser? User { get; set; }
}

/// <summary>A photo size, a document, a voice message: the same fields as far as the desk reads them.</summary>
internal sealed class WireFile
{
    public string? FileId { get; set; }
    public string? FileUniqueId { get; set; }
    public string? FileName { get; set; }
    public string? MimeType { get; set; }
    public long? FileSize { get; set; }
    public int? Duration { get; set; }
}
