using Support.Simulation.Wire;

namespace Support.Simulation;

/// <summary>Turns the text parameters of a call into what is shown, or refuses them: 1–4096 UTF-16 units of text, 0–1024 of caption, counted after entities are parsed.</summary>
internal static class TextRules
{
    public const int LongestText = 4096;
    public const int LongestCaption = 1024;

    public static FormattedText MessageText(Arguments arguments)
    {
        var text = Parse(arguments.String("text") ?? "", arguments, "entities");
        if (text.Text.Length == 0)
            throw Refusal.BadRequest("message text is empty");
        if (text.Text.Length > LongestText)
            throw Refusal.BadRequest("message is too long");
        return text;
    }

    /// <summary>Null when the call has no caption.</summary>
    public static FormattedText? Caption(Arguments arguments)
    {
        if (arguments.String("caption") is not { } given)
            return null;
        var caption = Parse(given, arguments, "caption_entities");
        if (caption.Text.Length > LongestCaption)
            throw Refusal.BadRequest("message caption is too long");
        return caption.Text.Length == 0 ? null : caption;
    }

    public static FormattedText Parse(string text, Arguments arguments, string entitiesParameter)
    {
        var parsed = arguments.String("parse_mode")?.ToUpperInvariant() switch
        {
            null => Plain(text, arguments, entitiesParameter),
            "HTML" => HtmlMode.Parse(text),
            // Markdown is real at Telegram; nothing here speaks it, and half a parser would hide errors.
            _ => throw Refusal.BadRequest("unsupported parse_mode"),
        };
        return EntityDetector.Detect(parsed.Trim());
    }

    private static FormattedText Plain(string text, Arguments arguments, string entitiesParameter)
    {
        var entities = arguments.Object(entitiesParameter, SimulationJson.Default.IReadOnlyListMessageEntity) ?? [];
        foreach (var entity in entities)
        {
            if (entity.Offset < 0 || entity.Length < 1 || entity.Offset + entity.Length > text.Length)
                throw Refusal.BadRequest($"entity {entity.Type} at {entity.Offset} of length {entity.Length} lies outside the text");
        }
        return new FormattedText(text, entities);
    }
}
