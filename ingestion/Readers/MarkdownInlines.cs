using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax.Inlines;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>The words of a line of Markdown: links by their text, pictures by their description, no marks.</summary>
internal static partial class MarkdownInlines
{
    // Stands for a line break that may mean a space, until FAQ entries have been found by their lines.
    private const char SoftBreak = '\v';

    public static string Text(ContainerInline? inlines)
    {
        if (inlines is null)
            return "";
        if (inlines.FirstChild is LiteralInline { NextSibling: null } only)
            return only.Content.ToString();
        var text = new StringBuilder();
        Append(text, inlines);
        return text.ToString().Trim();
    }

    public static IReadOnlyList<Block> Settle(IReadOnlyList<Block> blocks, LineBreaks lineBreaks)
    {
        var settled = lineBreaks == LineBreaks.AreKept ? '\n' : ' ';
        return [.. blocks.Select(Settled)];

        Block Settled(Block block) => block switch
        {
            Block.Heading heading => new Block.Heading(heading.Level, heading.Text.Replace(SoftBreak, ' ')),
            Block.Paragraph paragraph => new Block.Paragraph(Lines(paragraph.Text)),
            Block.Steps steps => new Block.Steps([.. steps.Items.Select(Lines)], steps.Numbered),
            Block.QuestionAndAnswer entry => new Block.QuestionAndAnswer(entry.Question.Replace(SoftBreak, ' '), Lines(entry.Answer)),
            _ => block,
        };

        string Lines(string text) => text.Replace(SoftBreak, settled);
    }

    private static void Append(StringBuilder text, ContainerInline inlines)
    {
        foreach (var inline in inlines)
        {
            switch (inline)
            {
                case LiteralInline literal:
                    text.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    text.Append(code.Content);
                    break;
                case LineBreakInline lineBreak:
                    text.Append(lineBreak.IsHard ? '\n' : SoftBreak);
                    break;
                case AutolinkInline link:
                    text.Append(link.Url);
                    break;
                case HtmlEntityInline entity:
                    text.Append(entity.Transcoded.AsSpan());
                    break;
                case HtmlInline html:
                    text.Append(Formatting().IsMatch(html.Tag) ? "" : LineBreak().IsMatch(html.Tag) ? "\n" : html.Tag);
                    break;
                case TaskList:
                    break;
                case LinkInline { IsImage: false, FirstChild: null } link:
                    text.Append(link.Url);
                    break;
                case DelimiterInline delimiter:
                    text.Append(delimiter.ToLiteral());
                    Append(text, delimiter);
                    break;
                case ContainerInline container:
                    Append(text, container);
                    break;
            }
        }
    }

    // Any other word in angle brackets is more likely a placeholder, "<order number>", than a tag.
    [GeneratedRegex(@"\A</?(?:a|abbr|b|big|center|cite|code|div|em|figcaption|figure|font|i|img|kbd|mark|nobr|p|picture|samp|small|source|span|strong|sub|sup|tt|u|var|wbr)(?:\s[^>]*)?/?>\z|\A<!--", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Formatting();

    [GeneratedRegex(@"\A<(?:br|hr)\s*/?>\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LineBreak();
}
