namespace Support.Retrieval.Dense;

/// <summary>
/// One order out of two scores: (1 − w)·words + w·likeness, each brought to 0…1 by the least and the greatest of the candidates (the convex combination of Bruch,
/// Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval", arXiv 2210.11934). It is written on the scale of the words' scores, so that what is
/// compared with them elsewhere means the same. A candidate without a vector is taken to be as like as its words say.
/// </summary>
internal static class Fusion
{
    // Where words tell no candidate from another, likeness alone orders them, within so little.
    private const double LeastRange = .01;

    /// <summary>Gives each candidate its likeness, and the score that orders it.</summary>
    public static void Apply(List<Candidate> candidates, IndexSnapshot snapshot, DenseSnapshot vectors, DenseQuestion question)
    {
        var asked = DenseSnapshot.Fill(question.Vector);
        foreach (var candidate in candidates)
            candidate.Likeness = vectors.Cosine(snapshot.KeptAt(candidate.Slot).ChunkId, asked);
        Apply(candidates, question.Weight);
    }

    internal static void Apply(List<Candidate> candidates, double weight)
    {
        var known = candidates.Where(candidate => candidate.Likeness is not null).Select(candidate => candidate.Likeness!.Value).ToList();
        if (known.Count == 0)
            return;
        var (leastAlike, mostAlike) = (known.Min(), known.Max());
        var (least, greatest) = (candidates.Min(candidate => candidate.Score), candidates.Max(candidate => candidate.Score));
        var range = Math.Max(greatest - least, LeastRange);
        foreach (var candidate in candidates)
            if (candidate.Likeness is { } likeness)
                candidate.Score = (1 - weight) * candidate.Score + weight * (least + range * (mostAlike > leastAlike ? (likeness - leastAlike) / (mostAlike - leastAlike) : 1));
    }
}
