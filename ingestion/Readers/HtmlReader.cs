using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>HTML pages: the main part of a page, without what surrounds it on every page of its site.</summary>
internal static class HtmlReader
{
    public static Reading Read(SourceFile file)
    {
        if (HtmlDepth.IsAbove(file.Text, file.Limits.Depth))
            return new Reading.Refused($"{file.Name} cannot be read: its elements are nested more than {file.Limits.Depth} deep; it is damaged or no page for people");
        using var page = new HtmlParser().ParseDocument(file.Text);
        var main = page.QuerySelectorAll("main, [role=main]").FirstOrDefault(HasText)
            ?? (page.QuerySelectorAll("article") is { Length: 1 } articles && HasText(articles[0]) ? articles[0] : null)
            ?? (IElement?)page.Body ?? page.DocumentElement;
        var blocks = QuestionPairs.Gather(new HtmlBlocks(LineBreaks.AreSpaces).Of(main));
        return new Reading.Complete([new ReadDocument("", Title(page, main, file), Link(page), blocks)], []);
    }

    /// <summary>HTML inside another text.</summary>
    public static IReadOnlyList<Block> Fragment(string html, LineBreaks lineBreaks)
    {
        if (!html.AsSpan().ContainsAny('<', '&'))
            return string.IsNullOrWhiteSpace(html) ? [] : [new Block.Paragraph(html.Trim())];
        if (HtmlDepth.IsAbove(html, 100))
            return [new Block.Paragraph(html)];
        using var page = new HtmlParser().ParseDocument(html);
        return new HtmlBlocks(lineBreaks).Of(page.Body!);
    }

    private static bool HasText(IElement element) => !string.IsNullOrWhiteSpace(element.TextContent);

    // "Delivery | Shop" in <title> is for search engines; the heading is for people.
    private static string Title(IDocument page, IElement main, SourceFile file)
    {
        var heading = main.QuerySelector("h1") ?? page.QuerySelector("h1");
        return new[] { heading?.TextContent, page.Title }.FirstOrDefault(title => !string.IsNullOrWhiteSpace(title)) ?? file.Title;
    }

    private static string? Link(IDocument page) =>
        Links.Absolute(page.QuerySelector("link[rel~=canonical]")?.GetAttribute("href") ?? page.QuerySelector("meta[property='og:url']")?.GetAttribute("content"));
}
