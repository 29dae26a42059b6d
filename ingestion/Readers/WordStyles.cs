using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Support.Ingestion.Readers;

/// <summary>What the styles and numberings of a document say of a paragraph. Ids of styles are localised ("1", "Заголовок1"), outline levels and built-in names are not.</summary>
internal sealed class WordStyles
{
    private readonly Dictionary<string, Style> _styles = new(StringComparer.Ordinal);
    private readonly Dictionary<int, AbstractNum> _numberings = [];

    public WordStyles(MainDocumentPart main)
    {
        foreach (var style in main.StyleDefinitionsPart?.Styles?.Elements<Style>() ?? [])
        {
            if (style.StyleId?.Value is { } id)
                _styles.TryAdd(id, style);
        }
        if (main.NumberingDefinitionsPart?.Numbering is not { } numbering)
            return;
        var definitions = new Dictionary<int, AbstractNum>();
        foreach (var definition in numbering.Elements<AbstractNum>().Where(definition => definition.AbstractNumberId?.HasValue == true))
            definitions.TryAdd(definition.AbstractNumberId!.Value, definition);
        foreach (var instance in numbering.Elements<NumberingInstance>())
        {
            if (instance.NumberID?.HasValue == true && instance.AbstractNumId?.Val?.HasValue == true && definitions.TryGetValue(instance.AbstractNumId.Val.Value, out var definition))
                _numberings.TryAdd(instance.NumberID.Value, definition);
        }
    }

    public bool IsTitle(Paragraph paragraph) => Chain(paragraph).Any(style => NameIs(style, "title"));

    public bool IsContents(Paragraph paragraph) => Chain(paragraph).Any(style => style.StyleName?.Val?.Value is { } name && name.StartsWith("toc ", StringComparison.OrdinalIgnoreCase));

    /// <returns>From 1; null for text.</returns>
    public int? HeadingLevel(Paragraph paragraph)
    {
        if (Level(paragraph.ParagraphProperties?.OutlineLevel) is { } own)
            return own <= 9 ? own : null;
        foreach (var style in Chain(paragraph))
        {
            if (Level(style.StyleParagraphProperties?.OutlineLevel) is { } level)
                return level <= 9 ? level : null;
            if (style.StyleName?.Val?.Value is { } name && name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(8), out var named) && named is >= 1 and <= 9)
                return named;
        }
        return null;

        static int? Level(OutlineLevel? outline) => outline?.Val?.HasValue == true ? outline.Val.Value + 1 : null;
    }

    /// <returns>The list a paragraph belongs to, how deep it stands in it, and whether that level counts; null outside lists.</returns>
    public (int List, int Depth, bool Numbered)? ListOf(Paragraph paragraph)
    {
        var numbering = paragraph.ParagraphProperties?.NumberingProperties;
        if (Id(numbering) is null)
            numbering = Chain(paragraph).Select(style => style.StyleParagraphProperties?.NumberingProperties).FirstOrDefault(found => Id(found) is not null);
        // 0 takes a paragraph out of the list of its style.
        if (Id(numbering) is not { } list || list == 0)
            return null;
        var own = paragraph.ParagraphProperties?.NumberingProperties?.NumberingLevelReference?.Val;
        var depth = Math.Clamp(own?.HasValue == true ? own.Value : numbering?.NumberingLevelReference?.Val?.Value ?? 0, 0, 8);
        var format = _numberings.GetValueOrDefault(list)?.Elements<Level>().FirstOrDefault(level => level.LevelIndex?.Value == depth)?.NumberingFormat?.Val;
        return (list, depth, format?.HasValue == true && format.Value != NumberFormatValues.Bullet && format.Value != NumberFormatValues.None);

        static int? Id(NumberingProperties? properties) => properties?.NumberingId?.Val?.HasValue == true ? properties.NumberingId.Val.Value : null;
    }

    // A style and those it is based on; a damaged file may have them in a circle.
    private IEnumerable<Style> Chain(Paragraph paragraph)
    {
        var id = paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value;
        for (var steps = 0; steps < 12 && id is not null && _styles.TryGetValue(id, out var style); steps++)
        {
            yield return style;
            id = style.BasedOn?.Val?.Value;
        }
    }

    private static bool NameIs(Style style, string name) => string.Equals(style.StyleName?.Val?.Value, name, StringComparison.OrdinalIgnoreCase);
}
