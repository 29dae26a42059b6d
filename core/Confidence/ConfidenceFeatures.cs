using System.Collections.ObjectModel;
using Support.Retrieval;

namespace Support.Confidence;

/// <summary>What ranking saw that tells whether the first passage answers the question. All of it comes from the ranking's own numbers.</summary>
public sealed class ConfidenceFeatures
{
    /// <summary>The one that opens the gate instead of being weighed; the last of <see cref="Names"/>.</summary>
    public const string Coverage = "coverage";

    // As many as the recipe's: the mean of fewer is noise, of more is always nearly nothing.
    private const int NarrowOthers = 10;

    /// <summary>In the order of <see cref="Values"/> and of <see cref="ConfidenceModel"/>.</summary>
    public static ReadOnlyCollection<string> Names { get; } = Array.AsReadOnly(
    [
        "self_stems", "self_grams", "self_pairs", "gap_title", "entropy", "same_title", "mean_idf", "title_match", "unknown", "narrow_gap",
        "narrow_advance", "robust", Coverage,
    ]);

    private ConfidenceFeatures(double[] values, bool judged)
    {
        Values = Array.AsReadOnly(values);
        IsJudged = judged;
    }

    public ReadOnlyCollection<double> Values { get; }

    /// <summary>False when nothing was found, or the question has no word that could tell one passage from another.</summary>
    public bool IsJudged { get; }

    public IReadOnlyDictionary<string, double> ByName()
    {
        var named = new Dictionary<string, double>(Values.Count, StringComparer.Ordinal);
        for (var i = 0; i < Values.Count; i++)
            named[Names[i]] = Values[i];
        return named;
    }

    internal static ConfidenceFeatures Of(Ranked ranked)
    {
        var values = new double[Names.Count];
        if (ranked.Candidates.Count == 0 || ranked.Plan.Question.ContentWords == 0)
            return new ConfidenceFeatures(values, judged: false);
        var first = ranked.Candidates[0];
        var reading = PassageReading.Of(ranked.Plan, first.Entry);
        values[0] = Share(first.Stems, ranked.Plan.Stems.Sum(stem => stem.Weight * stem.Idf));
        values[1] = Share(first.Grams, ranked.Plan.Grams.Sum(gram => gram.Weight * gram.Idf));
        values[2] = reading.Pairs;
        values[3] = GapToNextTitle(ranked.Candidates);
        values[4] = Entropy(ranked.Candidates);
        values[5] = SameTitle(ranked.Candidates);
        values[6] = MeanInverseFrequency(ranked.Plan, ranked.Snapshot.Statistics.Chunks);
        // A page's title names its topic; only a title that asks can be what the customer asks.
        values[7] = first.Entry.TitleAsks ? reading.TitleMatch : 0;
        values[8] = Unknown(ranked.Plan);
        values[9] = first.Narrow - NarrowElsewhere(ranked.Candidates, 1);
        values[10] = ranked.Candidates.Count > NarrowOthers ? first.Narrow - NarrowElsewhere(ranked.Candidates, NarrowOthers) : 0;
        values[11] = Robustness.Of(ranked);
        values[12] = reading.Coverage;
        return new ConfidenceFeatures(values, judged: true);
    }

    private static double GapToNextTitle(List<Candidate> candidates)
    {
        var first = candidates[0];
        foreach (var other in candidates)
            if (other.Entry.Chunk.Title != first.Entry.Chunk.Title || other.Entry.Chunk.Title.Length == 0 && other != first)
                return Share(first.Score - other.Score, first.Score);
        return 1;
    }

    /// <summary>
    /// Of softmax(10·(score − best)) over the ten best titles, as a share of its greatest value: 1 when all ten are alike. Passages under
    /// one title are parts of one page or answers to one question, and no rivals.
    /// </summary>
    private static double Entropy(List<Candidate> candidates)
    {
        const double sharpness = 10;
        const int rivals = 10;
        var titles = new HashSet<string>(StringComparer.Ordinal);
        double sum = 0, weighted = 0;
        var count = 0;
        foreach (var candidate in candidates)
        {
            var title = candidate.Entry.Chunk.Title;
            if (title.Length > 0 && !titles.Add(title))
                continue;
            var logarithm = sharpness * (candidate.Score - candidates[0].Score);
            sum += Math.Exp(logarithm);
            weighted += Math.Exp(logarithm) * logarithm;
            if (++count == rivals)
                break;
        }
        return (Math.Log(sum) - weighted / sum) / Math.Log(rivals);
    }

    /// <summary>The share of the ten best, by squared score, that stands under the first one's title.</summary>
    private static double SameTitle(List<Candidate> candidates)
    {
        var title = candidates[0].Entry.Chunk.Title;
        double same = 0, all = 0;
        for (var i = 0; i < Math.Min(10, candidates.Count); i++)
        {
            var square = candidates[i].Score * candidates[i].Score;
            all += square;
            if (i == 0 || title.Length > 0 && candidates[i].Entry.Chunk.Title == title)
                same += square;
        }
        return Share(same, all);
    }

    /// <summary>How rare the question's content words are here, as a share of a word never seen.</summary>
    private static double MeanInverseFrequency(QuestionPlan plan, int chunks)
    {
        double sum = 0;
        var count = 0;
        foreach (var stem in plan.Stems)
        {
            if (!stem.IsContent)
                continue;
            count++;
            sum += stem.Idf;
        }
        return Share(sum, count * Bm25F.Idf(chunks, 0));
    }

    /// <summary>Of the question's content words by weight, those that nothing here says, not even by a variant.</summary>
    private static double Unknown(QuestionPlan plan)
    {
        double unknown = 0, all = 0;
        foreach (var stem in plan.Stems)
        {
            if (!stem.IsContent)
                continue;
            all += stem.Weight;
            unknown += stem.IsKnown || stem.Variants.Count > 0 ? 0 : stem.Weight;
        }
        return Share(unknown, all);
    }

    /// <summary>The mean of the best windows of the other candidates.</summary>
    private static double NarrowElsewhere(List<Candidate> candidates, int best)
    {
        Span<double> windows = stackalloc double[StageOne.Candidates];
        var count = 0;
        foreach (var candidate in candidates)
            if (candidate != candidates[0] && count < windows.Length)
                windows[count++] = -candidate.Narrow;
        if (count == 0)
            return 0;
        windows[..count].Sort();
        var taken = Math.Min(best, count);
        var sum = 0.0;
        for (var i = 0; i < taken; i++)
            sum -= windows[i];
        return sum / taken;
    }

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
