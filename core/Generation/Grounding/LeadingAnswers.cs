namespace Support.Generation.Grounding;

/// <summary>The "yes" or "no" with which a text begins.</summary>
internal static class LeadingAnswers
{
    private static readonly HashSet<string> Yes = GroundingData.List("yes");
    private static readonly HashSet<string> No = GroundingData.List("no");

    /// <summary>The sentence says yes or no, and the window the other, or a "no" stands by itself against a text that denies nothing.</summary>
    public static bool Differ(ReadText sentence, ReadText window)
    {
        if (Of(sentence) is not { } said)
            return false;
        return Of(window) is { } stated ? said != stated : said ? window.Negations > 0 && sentence.Negations == 0 : window.Negations == 0;
    }

    private static bool? Of(ReadText text)
    {
        if (text.Words.Count < 2 || text.Words[0].Position != 0 || text.Words[1].Clause == text.Words[0].Clause)
            return null;
        return Yes.Contains(text.Words[0].Text) ? true : No.Contains(text.Words[0].Text) ? false : null;
    }
}
