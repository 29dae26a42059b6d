namespace Support.Confidence;

/// <summary>One labelled question that is like the tenant's others.</summary>
/// <param name="Confidence">Of the model without labels, which has not seen this label.</param>
public readonly record struct JudgedAnswer(double Confidence, bool IsWrong);

/// <param name="Threshold">From here on the bot may answer.</param>
/// <param name="Answered">How many of the labels are at or above it.</param>
public sealed record PassedThreshold(double Threshold, int Answered, int Wrong);

/// <summary>
/// The loosest threshold that keeps a promised rate of wrong answers α, except with probability δ. Fifteen thresholds stand in a fixed order;
/// the one that answers the nᵢ most confident labels of which wᵢ are wrong passes if P(Binomial(nᵢ, α) ≤ wᵢ) ≤ δ/3. From each of three starts
/// the order is followed, loosening, until the first that fails. Each start breaks the promise with probability δ/3 at most, because its first
/// true threshold above α must have passed; so all together with δ. That is so of one look at a number of labels that was named beforehand; what
/// looking again costs, says <see cref="Looks"/>. After Angelopoulos, Bates, Candès, Jordan and Lei, "Learn then Test"
/// (2021), section on fixed sequence testing. It looks at confidences before it looks at what was wrong, and the confidences come from a model
/// that never saw these labels.
/// </summary>
public static class FixedSequence
{
    /// <summary>How often, of a hundred companies that look once, the promise may turn out broken: ten.</summary>
    public const double Risk = .1;

    /// <summary>What one threshold is tested at, so that three starts together keep <see cref="Risk"/>.</summary>
    public static readonly double RiskOfEach = Risk / Starts.Length;

    // Geometric, because between 300 and 330 answers little changes and between 33 and 66 much.
    private const int Thresholds = 15;

    // A single start at the strictest threshold often stops there, with too few labels to tell; a later one has more of them.
    private static ReadOnlySpan<int> Starts => [0, 5, 10];

    /// <summary>With fewer labels than this not even a flawless record passes: ⌈ln(δ/3) / ln(1 − α)⌉, 67 for 5 % and 33 for 10 %.</summary>
    public static int FewestLabels(double target) => (int)Math.Ceiling(Math.Log(RiskOfEach) / Math.Log(1 - target));

    /// <param name="labels">In any order.</param>
    /// <param name="target">α, between 0 and 1.</param>
    /// <returns>Null when none passes.</returns>
    public static PassedThreshold? Loosest(IEnumerable<JudgedAnswer> labels, double target)
    {
        var sorted = labels.OrderByDescending(label => label.Confidence).ToArray();
        var fewest = FewestLabels(target);
        if (sorted.Length < fewest)
            return null;
        var wrongAmong = new int[sorted.Length + 1];
        for (var i = 0; i < sorted.Length; i++)
            wrongAmong[i + 1] = wrongAmong[i] + (sorted[i].IsWrong ? 1 : 0);
        var answered = new int[Thresholds];
        for (var level = 0; level < Thresholds; level++)
            answered[level] = WithTies(sorted, (int)Math.Round(fewest * Math.Pow((double)sorted.Length / fewest, level / (Thresholds - 1.0))));
        var loosest = -1;
        foreach (var start in Starts)
            for (var level = start; level < Thresholds && Passes(answered[level]); level++)
                loosest = Math.Max(loosest, level);
        return loosest < 0 ? null : new PassedThreshold(sorted[answered[loosest] - 1].Confidence, answered[loosest], wrongAmong[answered[loosest]]);

        bool Passes(int count) => BinomialBound.AtMost(wrongAmong[count], count, target) <= RiskOfEach;
    }

    /// <summary>Whoever is as confident as the last one is answered as well.</summary>
    private static int WithTies(JudgedAnswer[] sorted, int count)
    {
        while (count < sorted.Length && sorted[count].Confidence >= sorted[count - 1].Confidence)
            count++;
        return count;
    }
}
