using Support.Retrieval;

namespace Support.Confidence;

/// <summary>Whether the first passage is first by the whole question or by one lucky word.</summary>
internal static class Robustness
{
    private const int Passages = 20;
    private const double LeastPart = .02;

    /// <summary>
    /// Each of the question's stems is taken out in turn: the share of stems, by what they give the first passage, after whose removal it stays
    /// first of the best twenty. Stems that give it less than 2 % do not count.
    /// </summary>
    public static double Of(Ranked ranked)
    {
        var stems = ranked.Plan.Stems;
        var candidates = ranked.Candidates;
        var count = Math.Min(Passages, candidates.Count);
        var contributions = new double[count * stems.Count];
        for (var i = 0; i < count; i++)
            Contributions(ranked, candidates[i], contributions.AsSpan(i * stems.Count, stems.Count));

        double counted = 0, kept = 0;
        var total = 0.0;
        for (var stem = 0; stem < stems.Count; stem++)
            total += contributions[stem];
        for (var stem = 0; stem < stems.Count; stem++)
        {
            var part = contributions[stem];
            if (part <= LeastPart * total)
                continue;
            counted += part;
            var left = candidates[0].Score - part;
            var stays = true;
            for (var i = 1; i < count && stays; i++)
                stays = left >= candidates[i].Score - contributions[i * stems.Count + stem];
            kept += stays ? part : 0;
        }
        return counted > 0 ? kept / counted : 0;
    }

    /// <summary>What each stem gives a passage in stage one and in the windows, all shares of the score that ranked it.</summary>
    private static void Contributions(Ranked ranked, Candidate candidate, Span<double> contributions)
    {
        var stems = ranked.Plan.Stems;
        var worth = 0.0;
        foreach (var stem in stems)
            worth += stem.Weight * stem.Idf;
        var present = candidate.Entry.Stems.AsSpan();
        for (var i = 0; i < stems.Count; i++)
        {
            var stem = stems[i];
            var best = stem.Id != Lexicon.None && present.Contains(stem.Id) ? stem.Idf : 0;
            foreach (var variant in stem.Variants)
                if (variant.Weight * variant.Idf > best && present.Contains(variant.Id))
                    best = variant.Weight * variant.Idf;
            contributions[i] = worth > 0 ? stem.Weight * best / worth : 0;
        }
    }
}
