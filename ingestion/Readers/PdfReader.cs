using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>PDF files with a text layer: headings by their size, tables by their columns, without what repeats on every page.</summary>
internal static partial class PdfReader
{
    // A scan has none; a stamp or a page number of the scanner's program may still be there.
    private const int FewestLettersOnPage = 12;

    public static async ValueTask<Reading> ReadAsync(SourceFile file, CancellationToken cancellation)
    {
        var (text, reason) = await PdfToText.RunAsync(file, cancellation);
        if (text is null)
            return new Reading.Refused($"{file.Name} {reason}");
        if (text.Lines.Sum(line => line.Text.Count(char.IsLetterOrDigit)) < FewestLettersOnPage * Math.Max(1, text.Pages))
            return new Reading.Refused($"{file.Name} has no text layer: it is a scan; run OCR first (ocrmypdf, or \"recognise text\" in your PDF program) and send the result");

        var lines = WithoutMargins(text);
        var blocks = QuestionPairs.Gather(new PdfBlocks(lines).Of());
        var title = blocks.FirstOrDefault(block => block is Block.Heading) is Block.Heading { Level: 1 } top ? top.Text : Property(text.Title) ?? file.Title;
        return new Reading.Complete(
            [new ReadDocument("", title, null, blocks)],
            text.Cut ? [$"everything after page {text.Pages}: the text is longer than {file.Limits.Characters} characters; split the file"] : []);
    }

    // Running heads and page numbers: at the edge, and on most pages the same but for numbers.
    private static List<PdfLine> WithoutMargins(PdfText text)
    {
        var repeated = text.Lines.Where(IsAtEdge)
            .GroupBy(line => Digits().Replace(line.Text, "#"))
            .Where(group => text.Pages > 1 && group.Select(line => line.Page).Distinct().Count() is var pages && pages >= 2 && pages * 2 >= text.Pages)
            .Select(group => group.Key)
            .ToHashSet(StringComparer.Ordinal);
        return [.. text.Lines.Where(line => !(IsAtEdge(line) && (repeated.Contains(Digits().Replace(line.Text, "#")) || PageNumber().IsMatch(line.Text))))];

        bool IsAtEdge(PdfLine line)
        {
            var height = text.PageHeights[line.Page];
            return line.Bottom < 0.12 * height || line.Top > 0.88 * height;
        }
    }

    // Programs put their own words there.
    private static string? Property(string? title) =>
        title is { Length: > 3 } && title.Contains(' ', StringComparison.Ordinal) && !title.StartsWith("Microsoft ", StringComparison.OrdinalIgnoreCase) && !FileName().IsMatch(title) ? title : null;

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A[-–—\s]*(?:page|стр\.?|страница)?\s*\d{1,4}\s*(?:(?:of|из|/)\s*\d{1,4})?[-–—\s]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PageNumber();

    [GeneratedRegex(@"\.(?:docx?|pdf|indd|odt|rtf|xlsx?|pptx?)\s*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileName();
}
