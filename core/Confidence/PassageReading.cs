using Support.Retrieval;

namespace Support.Confidence;

/// <summary>How much of a question one passage holds.</summary>
/// <param name="Coverage">Of the question's content stems by weight · idf, what stands in the passage, a variant counting as its weight.</param>
/// <param name="Pairs">Of the question's pairs of stems by idf, those that stand in the passage.</param>
internal readonly record struct PassageReading(double Coverage, double Pairs)
{
    public static PassageReading Of(QuestionPlan plan, ChunkEntry entry)
    {
        double all = 0, inPassage = 0, pairs = 0, pairsFound = 0;
        foreach (var stem in plan.Stems)
        {
            if (!stem.IsContent)
                continue;
            var worth = stem.Weight * stem.Idf;
            all += worth;
            inPassage += worth * Best(stem, entry.Stems);
        }
        foreach (var pair in plan.Pairs)
        {
            pairs += pair.Idf;
            pairsFound += Contains(entry, pair.Pair) ? pair.Idf : 0;
        }
        return new PassageReading(Share(inPassage, all), Share(pairsFound, pairs));
    }

    private static double Best(PlannedStem stem, ReadOnlySpan<int> stems)
    {
        if (stem.Id != Lexicon.None && stems.Contains(stem.Id))
            return 1;
        var best = 0.0;
        foreach (var variant in stem.Variants)
            if (variant.Weight > best && stems.Contains(variant.Id))
                best = variant.Weight;
        return best;
    }

    private static bool Contains(ChunkEntry entry, ulong pair)
    {
        for (var i = 1; i < entry.Stems.Length; i++)
            if (i != entry.TitleWords && PairCounts.Pair(entry.Stems[i - 1], entry.Stems[i]) == pair)
                return true;
        return false;
    }

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
