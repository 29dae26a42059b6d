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
        if (IsTooDeep(page.Body, file.Limits.Depth))
            return new Reading.Refused($"{file.Name} cannot be read: it nests quotes, lists or brackets more than {file.Limits.Depth} deep; it is damaged or no Markdown");
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

    // Markdig gives up with an exception at 128 levels, after a time that grows with their square; nobody writes such a line.
    public static bool IsTooDeep(string markdown, int depth)
    {
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            int marks = 0, brackets = 0;
            var inMargin = true;
            foreach (var c in line)
            {
                inMargin &= c is '>' or ' ' or '\t' or '-' or '*' or '+';
                marks += inMargin && c is '>' ? 1 : 0;
                brackets += c is '[' ? 1 : c is ']' && brackets > 0 ? -1 : 0;
                if (marks > depth || brackets > depth)
                    return true;
            }
        }
        return false;
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
