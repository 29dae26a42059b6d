using System.Text.Json;

namespace Support.Simulation.Wire;

public sealed record InlineKeyboardMarkup(IReadOnlyList<IReadOnlyList<InlineKeyboardButton>> InlineKeyboard);

public sealed record InlineKeyboardButton(string Text)
{
    public string? Url { get; init; }

    public string? CallbackData { get; init; }

    public string? Style { get; init; }

    public JsonElement? WebApp { get; init; }

    public JsonElement? LoginUrl { get; init; }

    public JsonElement? CopyText { get; init; }

    public string? SwitchInlineQuery { get; init; }

    public string? SwitchInlineQueryCurrentChat { get; init; }

    public JsonElement? SwitchInlineQueryChosenChat { get; init; }

    public JsonElement? CallbackGame { get; init; }

    public bool? Pay { get; init; }

    public string? IconCustomEmojiId { get; init; }
}
