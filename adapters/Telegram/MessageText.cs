using Support.Telegram.Wire;
using Support.Tenants;

namespace Support.Telegram;

/// <summary>A message's text or caption, and what its entities say about it.</summary>
internal sealed record MessageText(string? Text, string? Command, string CommandArgument, bool MentionsBot)
{
    public static MessageText Of(WireMessage message, BotIdentity me)
    {
        var (text, entities) = message.Text is null
            ? (message.Caption, message.CaptionEntities ?? [])
            : (message.Text, message.Entities ?? []);
        if (text is null)
            return new MessageText(null, null, "", false);

        var (command, argument, addressed) = CommandOf(text, entities, me);
        return new MessageText(Clean(text), command, Clean(argument) ?? "", addressed || entities.Any(entity => Names(entity, text, me)));
    }

    /// <summary>PostgreSQL keeps no NUL in a text.</summary>
    public static string? Clean(string? text) => text?.Replace("\0", "", StringComparison.Ordinal);

    private static (string? Command, string Argument, bool Addressed) CommandOf(string text, WireEntity[] entities, BotIdentity me)
    {
        if (Array.Find(entities, entity => entity is { Type: "bot_command", Offset: 0 }) is not { } entity || Slice(text, entity) is not ['/', .. var written])
            return (null, "", false);
        var at = written.IndexOf('@');
        var addressed = at >= 0 && IsMe(written[(at + 1)..], me);
        if (at >= 0 && !addressed)
            return (null, "", false);
        var name = at < 0 ? written : written[..at];
        return (name.ToLowerInvariant(), text[entity.Length..].Trim(), addressed);
    }

    private static bool Names(WireEntity entity, string text, BotIdentity me) => entity.Type switch
    {
        "mention" => Slice(text, entity) is ['@', .. var name] && IsMe(name, me),
        "text_mention" => entity.User?.Id == me.Id.Value,
        _ => false,
    };

    private static bool IsMe(string username, BotIdentity me) => username.Equals(me.Username, StringComparison.OrdinalIgnoreCase);

    /// <summary>Offsets are UTF-16 units, as they are in a string.</summary>
    private static string Slice(string text, WireEntity entity) =>
        entity.Offset >= 0 && entity.Length > 0 && entity.Offset <= text.Length - entity.Length ? text.Substring(entity.Offset, entity.Length) : "";
}
