using Support.Text;

namespace Support.Retrieval;

/// <summary>A question's content words, after repair, by whether a passage has them: for people who want to know why. Rare ones first.</summary>
internal readonly record struct AskedWords(IReadOnlyList<string> Found, IReadOnlyList<string> Missing)
{
    /// <param name="passage">Null when nothing was found: then every word is missing.</param>
    public static AskedWords Of(QuestionPlan plan, ChunkEntry? passage)
    {
        var found = new List<(string Word, double Idf)>();
        var missing = new List<(string Word, double Idf)>();
        var stems = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in plan.Question.Words)
        {
            var text = Stemmer.Stem(word.Text);
            if (!word.IsContent || !stems.Add(text) || plan.Stems.Find(known => known.Text == text) is not { } stem)
                continue;
            (passage is not null && Has(passage, stem) ? found : missing).Add((word.Text, stem.Idf));
        }
        return new AskedWords(RareFirst(found), RareFirst(missing));
    }

    private static bool Has(ChunkEntry passage, PlannedStem stem)
    {
        var stems = passage.Stems.AsSpan();
        if (stem.Id != Lexicon.None && stems.Contains(stem.Id))
            return true;
        foreach (var variant in stem.Variants)
            if (stems.Contains(variant.Id))
                return true;
        return false;
    }

    // Of words equally rare the one that was asked first; the sort keeps the order.
    private static string[] RareFirst(List<(string Word, double Idf)> words) => [.. words.OrderByDescending(word => word.Idf).Select(word => word.Word)];
}
