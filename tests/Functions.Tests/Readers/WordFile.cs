using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Support.Tests.Readers;

/// <summary>Builds Word documents for tests.</summary>
internal static class WordFile
{
    public static byte[] With(params OpenXmlElement[] body)
    {
        using var stream = new MemoryStream();
        using (var word = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = word.AddMainDocumentPart();
            main.Document = new Document(new Body(body));
            main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
                Style("a", "Normal", null, null), Style("a3", "Title", "a", null), Style("1", "heading 1", "a", 0), Style("Заголовок2", "Мой заголовок", "1", 1), Style("11", "toc 1", "a", null));
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = new Numbering(
                Definition(0, NumberFormatValues.Decimal), Definition(1, NumberFormatValues.Bullet),
                new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = 1 }, new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = 2 });
        }
        return stream.ToArray();
    }

    public static Paragraph Paragraph(string text, string? style = null, int? list = null, int level = 0)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
            properties.ParagraphStyleId = new ParagraphStyleId { Val = style };
        if (list is { } id)
            properties.NumberingProperties = new NumberingProperties(new NumberingLevelReference { Val = level }, new NumberingId { Val = id });
        return new Paragraph(properties, Run(text));
    }

    public static Run Run(string text) => new(new DocumentFormat.OpenXml.Wordprocessing.Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static Table Table(params string[][] rows) =>
        new(rows.Select(row => new TableRow(row.Select(cell => new TableCell(Paragraph(cell))))));

    private static Style Style(string id, string name, string? basedOn, int? outline)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id };
        if (basedOn is not null)
            style.Append(new BasedOn { Val = basedOn });
        if (outline is { } level)
            style.Append(new StyleParagraphProperties(new OutlineLevel { Val = level }));
        return style;
    }

    private static AbstractNum Definition(int id, NumberFormatValues format) =>
        new(new Level(new NumberingFormat { Val = format }) { LevelIndex = 0 }, new Level(new NumberingFormat { Val = NumberFormatValues.Bullet }) { LevelIndex = 1 }) { AbstractNumberId = id };
}
