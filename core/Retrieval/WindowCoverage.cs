namespace Support.Retrieval;

/// <summary>How much of a question stands close together in a text.</summary>
internal static class WindowCoverage
{
    /// <param name="hits">In order of position. A token stands for one question stem.</param>
    /// <param name="worth">Of each question stem: weight · idf.</param>
    /// <returns>Of the best run of <paramref name="window"/> tokens, the part of all worth it holds: Σ worth·best / Σ worth.</returns>
    public static double Best(ReadOnlySpan<Hit> hits, ReadOnlySpan<double> worth, int window)
    {
        Span<double> best = worth.Length <= 64 ? stackalloc double[worth.Length] : new double[worth.Length];
        best.Clear();
        var greatest = 0.0;
        for (var first = 0; first < hits.Length; first++)
        {
            var sum = 0.0;
            for (var i = first; i < hits.Length && hits[i].Position < hits[first].Position + window; i++)
            {
                var hit = hits[i];
                if (hit.Weight <= best[hit.Stem])
                    continue;
                sum += worth[hit.Stem] * (hit.Weight - best[hit.Stem]);
                best[hit.Stem] = hit.Weight;
            }
            greatest = Math.Max(greatest, sum);
            // Only what was set: a question may have hundreds of stems.
            for (var i = first; i < hits.Length && hits[i].Position < hits[first].Position + window; i++)
                best[hits[i].Stem] = 0;
        }
        var all = 0.0;
        foreach (var one in worth)
            all += one;
        return all > 0 ? greatest / all : 0;
    }
}

/// <param name="Stem">Which of the question's stems.</param>
/// <param name="Weight">1 for the stem itself, less for a variant.</param>
internal readonly record struct Hit(int Position, int Stem, double Weight);
