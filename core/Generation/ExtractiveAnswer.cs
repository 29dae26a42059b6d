using System.Text;
using Support.Knowledge;
using Support.Retrieval;
using Support.Text;

namespace Support.Generation;

/// <summary>
/// An answer in the passage's own words: what bears on the question, in the passage's order, with no sentence cut and lists and
/// tables whole. Plain text; whoever sends it escapes it.
/// </summary>
public static class ExtractiveAnswer
{
    /// <summary>A passage up to this long is given whole: cutting it saves nobody anything.</summary>
    public const int GivenWhole = 600;

    /// <summary>Longer only for a single list or table.</summary>
    public const int MostLength = 1_200;

    /// <summary>A list or table past this is shortened by whole lines, so that the answer stays one message (4,096) with its source.</summary>
    public const int MostWhole = 3_400;

    // A longer one is no heading.
    private const int MostHeading = 200;

    private const char LinesLeftOut = '…';

    // What holds less than this part of the best unit's share is beside the question.
    private const double BesideTheQuestion = .4;

    // A sentence alone often hangs in the air; its neighbours are added up to this.
    private const int Readable = 350;

    /// <param name="thesaurus">What means the same to the tenant.</param>
    public static string Write(string question, Passage passage, Thesaurus thesaurus)
    {
        var units = AnswerUnit.Of(passage.Text);
        return units.Count == 0 ? passage.Title : UnderItsHeading(Write(question, passage, units, thesaurus), passage.Title);
    }

    private static string Write(string question, Passage passage, List<AnswerUnit> units, Thesaurus thesaurus)
    {
        if (units.Sum(unit => unit.Length) <= GivenWhole)
            return Join(units, Enumerable.Range(0, units.Count));
        var asked = new AskedStems(question, thesaurus);
        var shares = asked.Shares(units, passage.Title);
        var chosen = Choose(units, shares);
        return chosen.Count == 1 && units[chosen.Min].Length > MostWhole
            ? Shorten(units[chosen.Min], asked)
            : Join(units, chosen);
    }

    /// <summary>A list or table does not say itself what it lists: "What is not covered" may stand above it.</summary>
    private static string UnderItsHeading(string answer, string title) =>
        AnswerUnit.IsItemOrRow(answer.Split('\n')[0]) && HeadingOf(title) is { Length: > 0 and <= MostHeading } heading
            ? $"{heading}{(char.IsPunctuation(heading[^1]) ? "" : ":")}\n{answer}"
            : answer;

    /// <summary>The last heading. What separates headings stands in headings, too: "Not to be returned / exchanged" is one, for it goes on in lower case.</summary>
    private static string HeadingOf(string title)
    {
        var from = title.Length - ChunkDraft.LastHeading(title).Length;
        while (from > 0 && from < title.Length && char.IsLower(title[from]))
            from = ChunkDraft.LastHeading(title[..(from - ChunkDraft.BetweenHeadings.Length)]) is var before ? from - ChunkDraft.BetweenHeadings.Length - before.Length : 0;
        return MarkdownLeftovers.Clean(title[from..])?.Trim() ?? "";
    }

    private static SortedSet<int> Choose(List<AnswerUnit> units, double[] shares)
    {
        var order = Enumerable.Range(0, units.Count).OrderByDescending(i => shares[i]).ThenBy(i => i).ToList();
        var chosen = new SortedSet<int> { order[0] };
        var length = units[order[0]].Length;
        foreach (var i in order.Skip(1))
            if (shares[i] >= BesideTheQuestion * shares[order[0]])
                Take(i);
        for (var grown = true; grown && length < Readable;)
            grown = Take(chosen.Max + 1) || Take(chosen.Min - 1);
        return chosen;

        bool Take(int i)
        {
            if (i < 0 || i >= units.Count || chosen.Contains(i) || length + units[i].Length > MostLength)
                return false;
            length += units[i].Length;
            return chosen.Add(i);
        }
    }

    /// <summary>Sentences of one line stay on it; whatever was apart in the passage stays apart.</summary>
    private static string Join(List<AnswerUnit> units, IEnumerable<int> chosen)
    {
        var answer = new StringBuilder();
        var previous = -1;
        foreach (var i in chosen)
        {
            if (previous >= 0)
                answer.Append(i == previous + 1 && !units[i].StartsLine ? " " : i == previous + 1 ? "\n" : "\n\n");
            answer.Append(units[i].Text);
            previous = i;
        }
        return answer.ToString();
    }

    /// <summary>The first lines (a lead-in, a header), then the lines that hold most of the question, in order.</summary>
    private static string Shorten(AnswerUnit unit, AskedStems asked)
    {
        var order = Enumerable.Range(0, unit.Lines.Count)
            .OrderByDescending(i => i < 2 ? double.MaxValue : asked.Share(unit.Lines[i]))
            .ThenBy(i => i);
        var chosen = new SortedSet<int>();
        var length = 0;
        foreach (var i in order)
        {
            if (chosen.Count > 0 && length + unit.Lines[i].Length > MostWhole)
                break;
            chosen.Add(i);
            length += unit.Lines[i].Length + 1;
        }
        var shortened = new StringBuilder();
        var previous = -1;
        foreach (var i in chosen)
        {
            if (i != previous + 1)
                shortened.Append(LinesLeftOut).Append('\n');
            shortened.Append(unit.Lines[i]).Append('\n');
            previous = i;
        }
        return previous < unit.Lines.Count - 1 ? shortened.Append(LinesLeftOut).ToString() : shortened.ToString().TrimEnd();
    }
}
