using System.Collections.ObjectModel;
using Support.Retrieval;

namespace Support.Confidence;

/// <summary>
/// What ranking saw that tells whether the first passage answers the question. All of it comes from the candidates' own numbers, so it is the same
/// whether an index in process found them or one outside.
/// </summary>
public sealed class ConfidenceFeatures
{
    /// <summary>Of the question's content words by weight · idf, what stands in the first passage, a variant counting as its weight. Not weighed.</summary>
    public const string Coverage = "coverage";

    /// <summary>How near the whole question is to anything here: it opens the gate instead of being weighed.</summary>
    public const string Topic = "topic";

    /// <summary>Those that <see cref="ConfidenceModel"/> weighs, in its order.</summary>
    public static ReadOnlyCollection<string> Weighed { get; } =
        Array.AsReadOnly(["agreement", "unit_gap", "pairs", "rarity", "same_title", "score", "length"]);

    /// <summary>In the order of <see cref="Values"/>.</summary>
    public static ReadOnlyCollection<string> Names { get; } = Array.AsReadOnly([.. Weighed, Coverage, Topic]);

    // Of e^(sharpness · difference of scores): a passage .1 behind weighs a third, one .3 behind nothing.
    private const double Sharpness = 12;

    // Likeness seldom passes .35; so each part of the topic is about 1 where the question is about what is known here.
    private const double LikenessShare = 3;
    private const double TopicParts = 5;

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
        if (ranked.Candidates.Count == 0 || ranked.Plan.Question.ContentWords == 0)
            return new ConfidenceFeatures(new double[Names.Count], judged: false);
        var first = ranked.Candidates[0];
        var reading = PassageReading.Of(ranked.Plan, first.Entry);
        return new ConfidenceFeatures(
            [
                OfSameTitle(ranked, candidate => candidate.AgreementWithTitles),
                first.UnitCoverage - BestElsewhere(ranked.Candidates),
                reading.Pairs,
                Rarity(ranked.Plan, ranked.Snapshot.Statistics.Chunks),
                SameTitle(ranked),
                first.Score,
                Math.Log(1 + ranked.Plan.Question.Tokens.Count),
                reading.Coverage,
                TopicOf(ranked.Plan, first),
            ],
            judged: true);
    }

    /// <summary>Passages under one title are parts of one page or answers to one question, and no rivals. Without a title a passage stands alone.</summary>
    private static double OfSameTitle(Ranked ranked, Func<Candidate, double> value)
    {
        var first = ranked.Candidates[0];
        var title = first.Entry.Chunk.Title;
        var sum = 0.0;
        foreach (var candidate in ranked.Candidates)
            if (candidate == first || title.Length > 0 && candidate.Entry.Chunk.Title == title)
                sum += value(candidate);
        return sum;
    }

    private static double BestElsewhere(List<Candidate> candidates)
    {
        var best = 0.0;
        for (var i = 1; i < candidates.Count; i++)
            best = Math.Max(best, candidates[i].UnitCoverage);
        return best;
    }

    /// <summary>How rare the question's content words are here, as a share of a word never seen.</summary>
    private static double Rarity(QuestionPlan plan, int chunks)
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

    /// <summary>Of all candidates by e^(12·(score − best)), those under the first one's title.</summary>
    private static double SameTitle(Ranked ranked)
    {
        var best = ranked.Candidates[0].Score;
        var all = ranked.Candidates.Sum(candidate => Math.Exp(Sharpness * (candidate.Score - best)));
        return Share(OfSameTitle(ranked, candidate => Math.Exp(Sharpness * (candidate.Score - best))), all);
    }

    /// <summary>Stems and 4-grams of the first passage as shares of what a passage with each of them once would have, and its unit most like the question.</summary>
    private static double TopicOf(QuestionPlan plan, Candidate first) =>
        (Share(first.Stems, plan.Stems.Sum(stem => stem.Weight * stem.Idf))
            + Share(first.Grams, plan.Grams.Sum(gram => gram.Weight * gram.Idf))
            + LikenessShare * first.UnitLikeness)
        / TopicParts;

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
