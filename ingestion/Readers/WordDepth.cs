using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace Support.Ingestion.Readers;

/// <summary>How deep the elements of a part are nested, found by streaming: the object tree is walked recursively and would end the process.</summary>
internal static class WordDepth
{
    // A paragraph in a table in a text box in a content control is some 30 levels.
    public static bool IsAbove(MainDocumentPart main, int limit)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        foreach (var part in main.Parts.Select(pair => pair.OpenXmlPart).Prepend(main).Where(part => part.ContentType.EndsWith("+xml", StringComparison.Ordinal)))
        {
            using var stream = part.GetStream(FileMode.Open, FileAccess.Read);
            using var xml = XmlReader.Create(stream, settings);
            while (xml.Read())
            {
                if (xml.Depth > limit)
                    return true;
            }
        }
        return false;
    }
}
