using Markdig;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Markdown: its title from the front matter or the first top heading, its link from the front matter.</summary>
internal static class MarkdownReader
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().UseCustomContainers().Build();

    public static Reading Read(SourceFile file)
    {
        var page = FrontMatter.Of(file.Text);
        if (MarkdownGuard.Objection(page.Body, file.Limits.Depth) is { } objection)
            return new Reading.Refused($"{file.Name} cannot be read: it {objection}; it is damaged or no Markdown: mend it, or give it the extension .txt");
        var blocks = Blocks(page.Body, LineBreaks.AreSpaces);
        var title = page.Title ?? (blocks.FirstOrDefault(block => block is Block.Heading) is Block.Heading { Level: 1 } top ? top.Text : file.Title);
        return new Reading.Complete([new ReadDocument("", title, page.Link, blocks)], []);
    }

    /// <summary>For texts inside records, too.</summary>
    public static IReadOnlyList<Block> Blocks(string markdown, LineBreaks lineBreaks)
    {
        var blocks = new MarkdownBlocks(lineBreaks).Of(Markdown.Parse(markdown, Pipeline));
        return MarkdownInlines.Settle(QuestionPairs.Gather(blocks), lineBreaks);
    }
}

/// <summary>What a single line break inside a paragraph of Markdown means.</summary>
internal enum LineBreaks
{
    /// <summary>A space: pages are wrapped by editors.</summary>
    AreSpaces,

    /// <summary>A line break: texts of records are not.</summary>
    AreKept,
}
