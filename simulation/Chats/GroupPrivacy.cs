using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Which messages of a chat a bot gets to see: all of a private chat and, as administrator, of a group; else only what is meant for it. A bot never sees another bot's messages.</summary>
internal static class GroupPrivacy
{
    public static bool Shows(Room room, ChatMember standing, Bot bot, Message message)
    {
        if (room.IsPrivate)
            return true;
        if (message.From is { IsBot: true } && !message.IsService())
            return false;
        return standing.IsAdministrator
            || message.IsService()
            || message.ReplyToMessage?.From?.Id == bot.Id
            || Names(message.Text, message.Entities, bot)
            || Names(message.Caption, message.CaptionEntities, bot);
    }

    private static bool Names(string? text, IReadOnlyList<MessageEntity>? entities, Bot bot) =>
        text is not null && entities is not null && entities.Any(entity => entity.Type switch
        {
            "bot_command" => IsFor(bot, text.Substring(entity.Offset, entity.Length)),
            "mention" => text.AsSpan(entity.Offset + 1, entity.Length - 1).Equals(bot.State.Username, StringComparison.OrdinalIgnoreCase),
            "text_mention" => entity.User?.Id == bot.Id,
            _ => false,
        });

    private static bool IsFor(Bot bot, string command)
    {
        var at = command.IndexOf('@', StringComparison.Ordinal);
        return at < 0 || command.AsSpan(at + 1).Equals(bot.State.Username, StringComparison.OrdinalIgnoreCase);
    }
}
