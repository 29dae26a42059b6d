using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Word documents (.docx).</summary>
internal static class WordReader
{
    public static Reading Read(SourceFile file)
    {
        if (ZipGuard.Objection(file.Bytes, file.Limits) is { } objection)
            return new Reading.Refused($"{file.Name} {objection}");
        try
        {
            using var stream = new MemoryStream(file.Bytes.ToArray(), writable: false);
            var settings = new OpenSettings { AutoSave = false, MaxCharactersInPart = file.Limits.UnpackedBytes };
            using var word = WordprocessingDocument.Open(stream, isEditable: false, settings);
            if (word.MainDocumentPart is not { } main || WordDepth.IsAbove(main, file.Limits.Depth))
                return Broken(file, "it has no readable main part");
            if (main.Document?.Body is not { } body)
                return Broken(file, "it has no body");
            var content = new WordBlocks(new WordStyles(main)).Of(body);
            var blocks = QuestionPairs.Gather(content.Blocks);
            return new Reading.Complete([new ReadDocument("", content.Title ?? FirstHeading(blocks) ?? Property(word) ?? file.Title, null, blocks)], []);
        }
        catch (Exception e) when (e is OpenXmlPackageException or XmlException or InvalidDataException or IOException or FormatException or ArgumentException or InvalidOperationException or KeyNotFoundException)
        {
            return Broken(file, "its parts do not fit together");
        }
    }

    private static Reading.Refused Broken(SourceFile file, string what) =>
        new($"{file.Name} is broken: {what}; open it in Word or LibreOffice, save it anew as .docx and send it again");

    private static string? FirstHeading(IReadOnlyList<Block> blocks) =>
        blocks.FirstOrDefault(block => block is Block.Heading) is Block.Heading { Level: 1 } heading ? heading.Text : null;

    // Word fills the title by itself with a template's or with "Microsoft Word - document1".
    private static string? Property(WordprocessingDocument word) =>
        word.PackageProperties.Title is { Length: > 3 } title && !title.StartsWith("Microsoft Word", StringComparison.OrdinalIgnoreCase) && !title.Contains('.', StringComparison.Ordinal) ? title : null;
}
