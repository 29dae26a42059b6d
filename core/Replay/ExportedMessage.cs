namespace Support.Replay;

/// <summary>A chat of an export, as far as it was read.</summary>
/// <param name="Account">Whose export it is, "user123"; null in the export of a single chat, which does not say.</param>
/// <param name="Type">"personal_chat", "private_group", "private_supergroup", "public_supergroup", "bot_chat", "saved_messages", …</param>
/// <param name="Id">Without the prefix that from_id has: 123 is the person "user123", or the group whose anonymous admins write as "channel123".</param>
public sealed record ExportedChat(string? Account, string Type, long Id)
{
    public bool IsPrivate => Type == "personal_chat";

    public bool IsGroup => Type is "private_group" or "private_supergroup" or "public_supergroup";

    /// <summary>The other one in a private chat.</summary>
    public string Partner => $"user{Id}";

    /// <summary>Who writes in the group's own name is one of its admins.</summary>
    public string AnonymousAdmin => $"channel{Id}";
}

/// <summary>One message of an export.</summary>
/// <param name="At">Null when the file has no date that can be read.</param>
/// <param name="From">Null for a deleted account.</param>
/// <param name="FromId">"user123" or "channel123"; null when the file does not say.</param>
/// <param name="ReplyTo">The message of the same chat that it replies to.</param>
/// <param name="Text">Without its formatting; empty for a file alone.</param>
/// <param name="HasMedium">With a file, a place or the like that the desk cannot read. Stickers and animations say nothing and do not count.</param>
/// <param name="IsByBot">It has buttons, which only bots can send.</param>
public sealed record ExportedMessage(ExportedChat Chat, long Id, DateTimeOffset? At, string? From, string? FromId, long? ReplyTo, string Text, bool HasMedium, bool IsByBot);
