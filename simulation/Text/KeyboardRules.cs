using System.Text;
using System.Text.Json;
using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Reads reply_markup and refuses buttons Telegram would refuse.</summary>
internal static class KeyboardRules
{
    private const int MostButtons = 100;

    /// <summary>The inline keyboard; null when there is none, or another kind of markup (a reply keyboard is not part of the message).</summary>
    public static InlineKeyboardMarkup? Read(Arguments arguments)
    {
        if (arguments.Json("reply_markup") is not { } markup || !markup.TryGetProperty("inline_keyboard", out _))
            return null;
        var keyboard = markup.Deserialize(SimulationJson.Default.InlineKeyboardMarkup)!;
        var rows = keyboard.InlineKeyboard.Where(row => row.Count > 0).Select(row => (IReadOnlyList<InlineKeyboardButton>)[.. row.Select(Checked)]).ToList();
        if (rows.Sum(row => row.Count) > MostButtons)
            throw Refusal.BadRequest("REPLY_MARKUP_TOO_LONG");
        return rows.Count == 0 ? null : new InlineKeyboardMarkup(rows);
    }

    private static InlineKeyboardButton Checked(InlineKeyboardButton button)
    {
        if (string.IsNullOrWhiteSpace(button.Text))
            throw Refusal.BadRequest("can't parse inline keyboard button: text must be non-empty");
        if (button.CallbackData is { } data && Encoding.UTF8.GetByteCount(data) is < 1 or > 64)
            throw Refusal.BadRequest("BUTTON_DATA_INVALID");
        var actions = Actions(button);
        if (actions == 0)
            throw Refusal.BadRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
        if (actions > 1)
            throw Refusal.BadRequest($"can't parse inline keyboard button: \"{button.Text}\" has more than one action");
        if (button.Url is not { } url)
            return button;
        return LinkAddress.TryRead(url, out var address, out var flaw)
            ? button with { Url = address }
            : throw Refusal.BadRequest($"inline keyboard button URL '{url}' is invalid: {flaw}");
    }

    private static int Actions(InlineKeyboardButton button)
    {
        object?[] actions =
        [
            button.Url, button.CallbackData, button.WebApp, button.LoginUrl, button.CopyText, button.SwitchInlineQuery,
            button.SwitchInlineQueryCurrentChat, button.SwitchInlineQueryChosenChat, button.CallbackGame, button.Pay,
        ];
        return actions.Count(action => action is not null);
    }
}
