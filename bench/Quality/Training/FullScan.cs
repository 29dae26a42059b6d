using Support.Retrieval;

namespace Support.Bench.Quality.Training;

/// <summary>
/// What the confidence would know if the units of the whole collection were read and not only those of fifty candidates. An index outside
/// cannot give that; this says what it would be worth.
/// </summary>
internal static class FullScan
{
    /// <summary>Puts all other chunks behind the candidates, with their units read.</summary>
    public static void Read(Ranked ranked)
    {
        var slots = ranked.Candidates.Select(candidate => candidate.Slot).ToHashSet();
        var all = ranked.Candidates.Select(candidate => new Candidate(candidate.Slot, ranked.Snapshot, candidate.StageOne, candidate.Stems, candidate.Grams)).ToList();
        foreach (var placed in ranked.Snapshot.Segments)
            for (var slot = placed.Start; slot < placed.Start + placed.Segment.Size; slot++)
                if (!slots.Contains(slot))
                    all.Add(new Candidate(slot, ranked.Snapshot, 0, 0, 0));
        var scores = ranked.Candidates.Select(candidate => candidate.Score).ToList();
        Ranking.Compare(ranked.Plan, ranked.Snapshot, all, ranked.GreatestStems, ranked.GreatestGrams);
        for (var i = 0; i < all.Count; i++)
            all[i].Score = i < scores.Count ? scores[i] : Math.Min(all[i].Score, scores[^1]);
        ranked.Candidates.Clear();
        ranked.Candidates.AddRange(all);
    }
}
