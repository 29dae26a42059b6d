using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Support.Replay;

/// <summary>A message of an export from its JSON. What is not as expected is taken as missing: fields come and go with each version of Telegram Desktop.</summary>
internal static class MessageJson
{
    /// <summary>Names are 64 characters each; a text is as long as a message can be. What is longer no Telegram wrote.</summary>
    private const int LongestName = 256;

    private static readonly string[] Media = ["photo", "contact_information", "location_information", "poll"];

    /// <returns>Null for what nobody wrote: somebody joined, a pinned message, a kind this Telegram Desktop could not export.</returns>
    public static ExportedMessage? Read(ExportedChat chat, JsonElement json) =>
        json.ValueKind != JsonValueKind.Object || Text(json, "type") != "message"
            ? null
            : new ExportedMessage(chat, Number(json, "id") ?? 0, At(json), Cut(Text(json, "from"), LongestName), Cut(Text(json, "from_id"), LongestName), ReplyTo(json), Cut(Words(json), Burst.LongestText)!, HasMedium(json), IsByBot(json));

    private static DateTimeOffset? At(JsonElement json)
    {
        // Seconds, as a string. The other date is in the time zone of whoever made the export, and does not say which.
        if (Number(json, "date_unixtime") is { } seconds && seconds is > 0 and < 253402300800)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        return DateTimeOffset.TryParse(Text(json, "date"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date.ToUniversalTime() : null;
    }

    // Into another chat: the number means nothing here.
    private static long? ReplyTo(JsonElement json) => json.TryGetProperty("reply_to_peer_id", out _) ? null : Number(json, "reply_to_message_id");

    private static bool HasMedium(JsonElement json) =>
        Media.Any(name => json.TryGetProperty(name, out _)) || (json.TryGetProperty("file", out _) && Text(json, "media_type") is not ("sticker" or "animation"));

    private static bool IsByBot(JsonElement json) => json.TryGetProperty("inline_bot_buttons", out _) && !json.TryGetProperty("via_bot", out _);

    /// <summary>A string, or pieces of which some are formatted.</summary>
    private static string Words(JsonElement json)
    {
        if (!json.TryGetProperty("text", out var text))
            return "";
        if (text.ValueKind != JsonValueKind.Array)
            return (Text(text) ?? "").Trim();
        var words = new StringBuilder();
        foreach (var piece in text.EnumerateArray())
            words.Append(piece.ValueKind == JsonValueKind.Object ? Text(piece, "text") : Text(piece));
        return words.ToString().Trim();
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? Printable(value.GetString()!) : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: a text that was cut in the middle of a character.
            return null;
        }
    }

    private static string? Cut(string? text, int longest) =>
        text is null || text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    /// <summary>Whoever reads it on a terminal is spared what a stranger wrote to steer it.</summary>
    private static string Printable(string text) =>
        text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')) ? string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t')) : text;

    public static long? Number(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number
        : long.TryParse(Text(value), CultureInfo.InvariantCulture, out var written) ? written
        : null;
}
