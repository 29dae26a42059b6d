using System.Globalization;
using System.Text.RegularExpressions;
using Support.Knowledge;

namespace Support.Generation.Grounding;

/// <summary>A sentence or an item of an answer.</summary>
/// <param name="Text">Without its citations and list mark.</param>
/// <param name="Citations">The numbers of the passages it cites; those of its paragraph or of the answer when it has none of its own.</param>
/// <param name="CitesItself">It has citations of its own.</param>
public sealed record AnswerSentence(string Text, IReadOnlyList<int> Citations, bool CitesItself)
{
    /// <summary>Where it stands in the answer, with its citations.</summary>
    public Range Place { get; init; }
}

/// <summary>Splits an answer into sentences and list items, and reads the citations: [1], [1, 2], [1][2], before or after the full stop.</summary>
public static partial class AnswerSentences
{
    /// <param name="answerCitations">Of the answer as a whole, for sentences of paragraphs that cite nothing.</param>
    public static IReadOnlyList<AnswerSentence> Split(string answer, IReadOnlyList<int> answerCitations)
    {
        var sentences = new List<AnswerSentence>();
        var lineStart = 0;
        foreach (var line in answer.Split('\n'))
        {
            var first = sentences.Count;
            foreach (var range in Sentences.Split(line))
            {
                var (offset, length) = range.GetOffsetAndLength(line.Length);
                Add(sentences, first, line.Substring(offset, length), lineStart + offset);
            }
            Inherit(sentences, first);
            lineStart += line.Length + 1;
        }
        return sentences.ConvertAll(sentence => sentence.Citations.Count > 0 ? sentence : sentence with { Citations = answerCitations });
    }

    /// <summary>Every number that is cited anywhere.</summary>
    public static IReadOnlyList<int> CitedIn(string answer) => [.. NumbersIn(answer).Distinct().Order()];

    /// <summary>The text without citations.</summary>
    public static string WithoutCitations(string text) => Citation().Replace(text, "").Trim();

    /// <summary>The text with each number that is cited replaced by its place among these, from 1.</summary>
    public static string Renumber(string text, List<int> numbers) => Citation().Replace(text, match => Number().Replace(match.Value, number =>
        numbers.IndexOf(int.Parse(number.Value)) is >= 0 and var place ? (place + 1).ToString(CultureInfo.InvariantCulture) : number.Value));

    private static void Add(List<AnswerSentence> sentences, int firstOfLine, string raw, int at)
    {
        var own = NumbersIn(raw).ToList();
        var leading = LeadingCitations().Match(raw).Length;
        if (leading > 0 && sentences.Count > firstOfLine)
        {
            // "It takes 7 days. [1] Then…": what stands before the next sentence belongs to the one before.
            var before = NumbersIn(raw[..leading]).ToList();
            sentences[^1] = sentences[^1] with { Citations = [.. sentences[^1].Citations.Union(before)], CitesItself = true, Place = sentences[^1].Place.Start..(at + leading) };
            own = [.. NumbersIn(raw[leading..])];
            raw = raw[leading..];
            at += leading;
        }
        var text = ListMark().Replace(WithoutCitations(raw), "");
        if (text.Any(char.IsLetterOrDigit))
            sentences.Add(new AnswerSentence(text, own, own.Count > 0) { Place = at..(at + raw.Length) });
    }

    /// <summary>Sentences before a citation in the same line share it.</summary>
    private static void Inherit(List<AnswerSentence> sentences, int first)
    {
        for (var i = sentences.Count - 2; i >= first; i--)
            if (sentences[i].Citations.Count == 0)
                sentences[i] = sentences[i] with { Citations = sentences[i + 1].Citations };
        for (var i = first + 1; i < sentences.Count; i++)
            if (sentences[i].Citations.Count == 0)
                sentences[i] = sentences[i] with { Citations = sentences[i - 1].Citations };
    }

    private static IEnumerable<int> NumbersIn(string text) =>
        Citation().Matches(text).SelectMany(match => Number().Matches(match.Value).Select(number => int.Parse(number.Value)));

    [GeneratedRegex(@" ?\[[0-9]{1,3}(?: ?[,;] ?[0-9]{1,3}){0,9}\]")]
    private static partial Regex Citation();

    [GeneratedRegex(@"^(?: ?\[[0-9]{1,3}(?: ?[,;] ?[0-9]{1,3}){0,9}\])+")]
    private static partial Regex LeadingCitations();

    [GeneratedRegex("[0-9]{1,3}")]
    private static partial Regex Number();

    [GeneratedRegex(@"^\s*(?:[-–—•●▪*]|[0-9]{1,2}[.)])\s+")]
    private static partial Regex ListMark();
}
