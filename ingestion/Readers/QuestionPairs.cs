using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Ingestion.Readers;

/// <summary>Finds FAQ entries written as prose, "Q: … A: …" or "Вопрос: … Ответ: …", and makes them entries.</summary>
internal static partial class QuestionPairs
{
    /// <summary>An answer goes on until the next question or heading.</summary>
    public static IReadOnlyList<Block> Gather(IReadOnlyList<Block> blocks)
    {
        if (!blocks.Any(block => block is Block.Paragraph paragraph && Question().IsMatch(paragraph.Text)))
            return blocks;
        var gathered = new List<Block>(blocks.Count);
        for (var at = 0; at < blocks.Count;)
        {
            if (Entry(blocks, at) is var (entry, next))
            {
                gathered.Add(entry);
                at = next;
            }
            else
            {
                gathered.Add(blocks[at++]);
            }
        }
        return gathered;
    }

    private static (Block.QuestionAndAnswer Entry, int Next)? Entry(IReadOnlyList<Block> blocks, int at)
    {
        if (blocks[at] is not Block.Paragraph { Text: var text } || Question().Match(text) is not { Success: true } question)
            return null;
        var rest = text[question.Length..];
        var next = at + 1;
        var answer = Answer().Match(rest);
        if (!answer.Success)
        {
            if (next >= blocks.Count || blocks[next] is not Block.Paragraph { Text: var below } || Answer().Match(below) is not { Success: true, Index: 0 } start)
                return null;
            next++;
            return Whole(rest, below[start.Length..]);
        }
        return Whole(rest[..answer.Index], rest[(answer.Index + answer.Length)..]);

        (Block.QuestionAndAnswer, int)? Whole(string asked, string answered)
        {
            var parts = new List<Block> { new Block.Paragraph(answered) };
            while (next < blocks.Count && blocks[next] is not (Block.Heading or Block.QuestionAndAnswer) && !(blocks[next] is Block.Paragraph { Text: var text } && Question().IsMatch(text)))
                parts.Add(blocks[next++]);
            return (new Block.QuestionAndAnswer(asked.Trim(), BlockText.Render(parts)), next);
        }
    }

    [GeneratedRegex(@"\A\s*(?:(?:Q|В|Вопрос|Question)[ \t]*(?:№[ \t]*)?\d{0,3}[ \t]*:|(?:Вопрос|Question)[ \t]*№?[ \t]*\d{1,3}[.)])\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Question();

    [GeneratedRegex(@"(?:\A|[\n\v])\s*(?:A|А|О|O|Ответ|Answer)[ \t]*\d{0,3}[ \t]*:\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Answer();
}
