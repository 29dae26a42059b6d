using System.Buffers;
using System.Text.Json;
using Support.Conversations;
using Support.Telegram.Wire;
using Support.Tenants;

namespace Support.Telegram;

/// <summary>Turns an update into the desk's words. Kinds and fields nobody here has heard of are no error.</summary>
public static class UpdateReader
{
    // Rich messages nest blocks; the default of 64 would turn one away for a day.
    private const int MaxDepth = 512;

    /// <summary>Whether the whole body is one JSON object with an integer update_id: all that is asked before an update is queued.</summary>
    public static bool PeekUpdateId(ReadOnlySpan<byte> body, out long updateId)
    {
        updateId = 0;
        var found = false;
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return false;
            // The last one counts, as it does when the update is read later.
            while (reader.Read())
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("update_id"u8))
                    found = reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out updateId);
        }
        catch (JsonException)
        {
            return false;
        }

        // The JSON reader looks into strings only when they are asked for.
        return found && System.Text.Unicode.Utf8.IsValid(body);
    }

    public static bool PeekUpdateId(in ReadOnlySequence<byte> body, out long updateId)
    {
        if (body.IsSingleSegment)
            return PeekUpdateId(body.FirstSpan, out updateId);
        var length = checked((int)body.Length);
        var joined = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            body.CopyTo(joined);
            return PeekUpdateId(joined.AsSpan(0, length), out updateId);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    /// <summary>The chat whose messages or members an update is about; null for other kinds. Of an update that <see cref="PeekUpdateId(ReadOnlySpan{byte}, out long)"/> accepted.</summary>
    public static long? PeekChat(ReadOnlySpan<byte> update)
    {
        var reader = new Utf8JsonReader(update, new JsonReaderOptions { MaxDepth = MaxDepth });
        var inChat = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            if (reader.CurrentDepth == 2)
                inChat = reader.ValueTextEquals("chat"u8);
            else if (inChat && reader.CurrentDepth == 3 && reader.ValueTextEquals("id"u8))
                return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var chat) ? chat : null;
        }
        return null;
    }

    /// <param name="me">The bot the update was sent to.</param>
    /// <exception cref="JsonException">A field the desk reads has another type than the Bot API gives it.</exception>
    public static Incoming Read(ReadOnlyMemory<byte> update, BotIdentity me) =>
        JsonSerializer.Deserialize(update.Span, WireJson.Default.WireUpdate) switch
        {
            { Message: { } message } => Message("message", message, me, read => new Incoming.MessageReceived(read)),
            { EditedMessage: { } message } => Message("edited_message", message, me, read => new Incoming.MessageEdited(read)),
            { CallbackQuery: { } query } => Button(query),
            { MyChatMember: { } change } => Membership(change),
            { Rest: { } rest } => new Incoming.Unused(rest.Keys.FirstOrDefault(key => key != "update_id") ?? "empty"),
            _ => new Incoming.Unused("empty"),
        };

    private static Incoming Message(string kind, WireMessage message, BotIdentity me, Func<IncomingMessage, Incoming> incoming)
    {
        if (message.Chat is not { } chat)
            return new Incoming.Unused($"{kind} without chat");
        // A channel's post that its discussion group shows by itself is addressed to nobody.
        if (message.IsAutomaticForward)
            return new Incoming.Unused($"{kind} forwarded automatically");
        if (SenderOf(message) is not { } sender)
            return new Incoming.Unused($"{kind} without sender");

        var text = MessageText.Of(message, me);
        return incoming(new IncomingMessage(
            ChatOf(chat),
            sender,
            message.MessageId,
            ThreadOf(message),
            DateTimeOffset.FromUnixTimeSeconds(message.Date))
        {
            Text = text.Text,
            Command = text.Command,
            CommandArgument = text.CommandArgument,
            MentionsBot = text.MentionsBot,
            Medium = MessageKinds.MediumOf(message),
            ReplyTo = ReplyOf(message),
            MigratedTo = message.MigrateToChatId,
            IsService = MessageKinds.IsService(message),
            AlbumId = message.MediaGroupId,
        });
    }

    private static Incoming Button(WireCallbackQuery query)
    {
        // A game's button has no data, and no game is ours.
        if (query.From is not { } from || query.Data is not { } data)
            return new Incoming.Unused("callback_query without data");
        return new Incoming.ButtonPressed(
            query.Id,
            SenderOf(from),
            query.Message?.Chat is { } chat ? ChatOf(chat) : null,
            query.Message?.MessageId,
            query.Message is { } message ? ThreadOf(message) : null,
            data);
    }

    private static Incoming Membership(WireChatMemberUpdated change)
    {
        if (change is not { Chat: { } chat, From: { } from })
            return new Incoming.Unused("my_chat_member without chat");
        return new Incoming.MembershipChanged(
            ChatOf(chat),
            SenderOf(from),
            change.OldChatMember?.AsBot() ?? BotStanding.Absent,
            change.NewChatMember?.AsBot() ?? BotStanding.Absent);
    }

    /// <summary>Who writes as a chat (an anonymous admin as the group, a channel's owner as the channel) is that chat; its "from" is a stand-in of Telegram's.</summary>
    private static Sender? SenderOf(WireMessage message) => message switch
    {
        { SenderChat: { } chat } => new Sender(chat.Id, MessageText.Clean(chat.Title) ?? "", null, chat.Username, null, IsBot: false),
        { From: { } user } => SenderOf(user),
        _ => null,
    };

    private static Sender SenderOf(WireUser user) => new(
        user.Id,
        MessageText.Clean(user.FirstName) ?? "",
        MessageText.Clean(user.LastName),
        user.Username,
        user.LanguageCode,
        user.IsBot);

    internal static Chat ChatOf(WireChat chat) => new(chat.Id, KindOf(chat.Type), MessageText.Clean(chat.Title), chat.IsForum);

    private static ChatKind KindOf(string? type) => type switch
    {
        "private" => ChatKind.Private,
        "group" => ChatKind.Group,
        "channel" => ChatKind.Channel,
        // A kind of chat yet to be invented has more than one reader, most likely.
        _ => ChatKind.Supergroup,
    };

    /// <summary>In groups without topics the field holds the first message of a chain of replies, which is no topic.</summary>
    private static long? ThreadOf(WireMessage message) => message.IsTopicMessage ? message.MessageThreadId : null;

    private static RepliedTo? ReplyOf(WireMessage message)
    {
        // In a topic every message replies to the message that made the topic, unless it replies to another.
        if (message.ReplyToMessage is not { } original || original.Has("forum_topic_created") || original.MessageId == ThreadOf(message))
            return null;
        var sender = SenderOf(original);
        return new RepliedTo(original.MessageId, sender?.Id, sender?.IsBot ?? false);
    }
}
