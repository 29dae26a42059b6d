using System.Text;
using Support.Knowledge;

namespace Support.Generation;

/// <summary>
/// What of a passage goes into a prompt: the sentences and lines that bear on the question, in the passage's order, within a number of tokens. Less to pay for, and
/// less for a model to be led astray by, than the whole. It is given what may be sent: personal data replaced, and nothing that speaks to a model.
/// </summary>
internal static class PromptExcerpt
{
    private const string LeftOut = " … ";

    // What goes into a prompt costs a token for each mark as well.
    private const int LeastTokens = 20;

    /// <param name="mostTokens">As <see cref="TokenCount"/> estimates them.</param>
    public static string Of(AskedStems asked, string title, string text, int mostTokens)
    {
        var pieces = PiecesOf(text, mostTokens);
        if (pieces.Count == 0)
            return "";
        var shares = asked.Shares(pieces, title);
        var chosen = new SortedSet<int>();
        var left = Math.Max(mostTokens, LeastTokens);
        foreach (var i in Enumerable.Range(0, pieces.Count).OrderByDescending(i => shares[i]).ThenBy(i => i))
        {
            var tokens = TokenCount.Estimate(pieces[i].Text);
            if (tokens <= left && chosen.Add(i))
                left -= tokens;
        }
        if (chosen.Count == 0)
            chosen.Add(Array.IndexOf(shares, shares.Max()));
        return Cut(Join(pieces, chosen), mostTokens);
    }

    /// <summary>A list or table that would not fit is taken line by line.</summary>
    private static List<AnswerUnit> PiecesOf(string text, int mostTokens) =>
    [
        .. AnswerUnit.Of(text).SelectMany(unit => unit.Lines.Count > 1 && TokenCount.Estimate(unit.Text) > mostTokens / 2
            ? unit.Lines.Select(line => new AnswerUnit([line], Whole: false, StartsLine: true))
            : [unit]),
    ];

    private static string Join(List<AnswerUnit> pieces, SortedSet<int> chosen)
    {
        var text = new StringBuilder();
        var previous = -1;
        foreach (var i in chosen)
        {
            if (i > previous + 1)
                text.Append(LeftOut);
            else if (previous >= 0)
                text.Append(pieces[i].StartsLine ? '\n' : ' ');
            text.Append(pieces[i].Text);
            previous = i;
        }
        if (previous < pieces.Count - 1)
            text.Append(LeftOut);
        return text.ToString().Trim();
    }

    /// <summary>One sentence may be longer than all that fits.</summary>
    private static string Cut(string text, int mostTokens)
    {
        var most = Math.Max(mostTokens, LeastTokens) * 2;
        while (TokenCount.Estimate(text) > most)
            text = text[..Math.Max(1, text.LastIndexOf(' ', text.Length * 3 / 4))];
        return text;
    }
}
