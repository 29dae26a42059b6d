namespace Support.Labels;

/// <summary>What a choice between passages says of them, whoever made it: the first one was right, or it was not and the chosen one is.</summary>
internal static class ChoiceLabels
{
    /// <param name="first">The passage that was found first.</param>
    /// <param name="chosen">Null: none of those offered.</param>
    public static IEnumerable<(T Passage, LabelVerdict Verdict)> Of<T>(T first, T? chosen)
        where T : class
    {
        yield return (first, first.Equals(chosen) ? LabelVerdict.Right : LabelVerdict.Wrong);
        if (chosen is not null && !first.Equals(chosen))
            yield return (chosen, LabelVerdict.Right);
    }
}
