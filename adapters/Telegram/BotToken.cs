using System.Globalization;
using System.Text.RegularExpressions;
using Support.Tenants;

namespace Support.Telegram;

/// <summary>A bot's token: whoever has it is the bot. Prints itself without its secret half.</summary>
public readonly partial record struct BotToken
{
    private BotToken(string value) => Value = value;

    /// <summary>The token itself; belongs into the address of a call and nowhere else.</summary>
    public string Value { get; }

    public BotId Bot => new(long.Parse(Value.AsSpan(0, Value.IndexOf(':')), NumberStyles.None, CultureInfo.InvariantCulture));

    public static bool TryParse(string? text, out BotToken token)
    {
        token = text is not null && Shape().IsMatch(text) ? new BotToken(text) : default;
        return token.Value is not null;
    }

    public static BotToken Parse(string text) => TryParse(text, out var token)
        ? token
        : throw new FormatException("A bot token looks like 123456789:AAE…: digits, a colon, then letters, digits, - and _. Copy it anew from @BotFather.");

    public override string ToString() => Value is null ? "(no token)" : $"{Bot}:***";

    [GeneratedRegex("^[0-9]{1,18}:[A-Za-z0-9_-]{3,128}$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
