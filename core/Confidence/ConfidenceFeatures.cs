using System.Collections.ObjectModel;
using Support.Retrieval;

namespace Support.Confidence;

/// <summary>What ranking saw that tells whether the first passage answers the question. All of it comes from the ranking's own numbers.</summary>
public sealed class ConfidenceFeatures
{
    /// <summary>In the order of <see cref="Values"/> and of <see cref="ConfidenceModel"/>.</summary>
    public static ReadOnlyCollection<string> Names { get; } = Array.AsReadOnly(
    [
        "self_stems", "self_grams", "self_pairs", "coverage", "narrow", "gap_title", "gap_5", "entropy", "same_title", "mean_idf", "max_idf", "title_match",
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
        var inverse = InverseFrequencies(ranked.Plan, ranked.Snapshot.Statistics.Chunks);
        values[0] = Share(first.Stems, ranked.Plan.Stems.Sum(stem => stem.Weight * stem.Idf));
        values[1] = Share(first.Grams, ranked.Plan.Grams.Sum(gram => gram.Weight * gram.Idf));
        values[2] = reading.Pairs;
        values[3] = reading.Coverage;
        values[4] = first.Narrow;
        values[5] = GapToNextTitle(ranked.Candidates);
        values[6] = ranked.Candidates.Count > 4 ? Share(first.Score - ranked.Candidates[4].Score, first.Score) : 1;
        values[7] = Entropy(ranked.Candidates);
        values[8] = SameTitle(ranked.Candidates);
        values[9] = inverse.Mean;
        values[10] = inverse.Greatest;
        // A page's title names its topic; only a title that asks can be what the customer asks.
        values[11] = first.Entry.TitleAsks ? reading.TitleMatch : 0;
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

    /// <summary>Of softmax(10·(score − best)) over the ten best, as a share of its greatest value: 1 when all ten are alike.</summary>
    private static double Entropy(List<Candidate> candidates)
    {
        const double sharpness = 10;
        var count = Math.Min(10, candidates.Count);
        double sum = 0, weighted = 0;
        for (var i = 0; i < count; i++)
        {
            var logarithm = sharpness * (candidates[i].Score - candidates[0].Score);
            sum += Math.Exp(logarithm);
            weighted += Math.Exp(logarithm) * logarithm;
        }
        return (Math.Log(sum) - weighted / sum) / Math.Log(10);
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
    private static (double Mean, double Greatest) InverseFrequencies(QuestionPlan plan, int chunks)
    {
        var unseen = Bm25F.Idf(chunks, 0);
        double sum = 0, greatest = 0;
        var count = 0;
        foreach (var stem in plan.Stems)
        {
            if (!stem.IsContent)
                continue;
            count++;
            sum += stem.Idf / unseen;
            greatest = Math.Max(greatest, stem.Idf / unseen);
        }
        return (count == 0 ? 0 : sum / count, greatest);
    }

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
