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

    /// <summary>Of the question's content words by weight · idf, what stands anywhere in the documents, be it as a variant. Part of the gate.</summary>
    public const string Known = "known";

    /// <summary>How near the whole question is to anything here: it opens the gate instead of being weighed.</summary>
    public const string Topic = "topic";

    /// <summary>Those that <see cref="ConfidenceModel"/> weighs, in its order.</summary>
    public static ReadOnlyCollection<string> Weighed { get; } =
        Array.AsReadOnly(["agreement_lead", "rare_gap", "words", "rarity", "same_title", "clear_question", "score", "robust"]);

    /// <summary>In the order of <see cref="Values"/>.</summary>
    public static ReadOnlyCollection<string> Names { get; } = Array.AsReadOnly([.. Weighed, Known, Coverage, Topic]);

    // Where those that are not weighed stand.
    internal static readonly int KnownAt = Names.IndexOf(Known);
    internal static readonly int CoverageAt = Names.IndexOf(Coverage);
    internal static readonly int TopicAt = Names.IndexOf(Topic);

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
        var rarity = Rarity(ranked.Plan, ranked.Snapshot.Statistics.Chunks);
        var sameTitle = SameTitle(ranked);
        return new ConfidenceFeatures(
            [
                AgreementLead(ranked),
                (first.UnitCoverage - BestElsewhere(ranked.Candidates)) * rarity,
                Words(ranked.Plan, first),
                rarity,
                sameTitle,
                sameTitle * Math.Log(1 + ranked.Plan.Question.Tokens.Count),
                first.Score,
                Robust(ranked),
                KnownOf(ranked.Plan),
                CoverageOf(ranked.Plan, first),
                TopicOf(ranked.Plan, first),
            ],
            judged: true);
    }

    /// <summary>Of the ten units most like the question those under the first passage's title, less those under the next one's.</summary>
    private static double AgreementLead(Ranked ranked)
    {
        var byTitle = new Dictionary<string, double>(StringComparer.Ordinal);
        var best = 0.0;
        foreach (var candidate in ranked.Candidates)
        {
            if (IsOfFirst(ranked, candidate))
                continue;
            var title = candidate.Entry.Chunk.Title;
            var sum = candidate.AgreementWithTitles + (title.Length > 0 ? byTitle.GetValueOrDefault(title) : 0);
            if (title.Length > 0)
                byTitle[title] = sum;
            best = Math.Max(best, sum);
        }
        return OfSameTitle(ranked, candidate => candidate.AgreementWithTitles) - best;
    }

    /// <summary>By how much the first passage's title still leads when the content word that speaks most for it is left out.</summary>
    private static double Robust(Ranked ranked)
    {
        var stems = ranked.Plan.Stems;
        var all = stems.Sum(stem => stem.Weight * stem.Idf);
        var ofFirst = ranked.Candidates.ConvertAll(candidate => IsOfFirst(ranked, candidate));
        var least = double.PositiveInfinity;
        for (var i = 0; i < stems.Count; i++)
        {
            if (!stems[i].IsContent)
                continue;
            var brought = StageTwo.OfWords * Share(stems[i].Weight * stems[i].Idf, all);
            double first = double.NegativeInfinity, other = 0;
            for (var k = 0; k < ofFirst.Count; k++)
            {
                var score = ranked.Candidates[k].Score - brought * ranked.Candidates[k].Held[i];
                if (ofFirst[k])
                    first = Math.Max(first, score);
                else
                    other = Math.Max(other, score);
            }
            least = Math.Min(least, first - other);
        }
        return least;
    }

    private static double KnownOf(QuestionPlan plan) => Share(
        plan.Stems.Where(stem => stem.IsContent && (stem.IsKnown || stem.Variants.Count > 0)).Sum(stem => stem.Weight * stem.Idf),
        plan.Stems.Where(stem => stem.IsContent).Sum(stem => stem.Weight * stem.Idf));

    private static double CoverageOf(QuestionPlan plan, Candidate first)
    {
        double all = 0, held = 0;
        for (var i = 0; i < plan.Stems.Count; i++)
        {
            if (!plan.Stems[i].IsContent)
                continue;
            all += plan.Stems[i].Weight * plan.Stems[i].Idf;
            held += plan.Stems[i].Weight * plan.Stems[i].Idf * first.Held[i];
        }
        return Share(held, all);
    }

    /// <summary>Passages under one title are parts of one page or answers to one question, and no rivals. Without a title a passage stands alone.</summary>
    private static double OfSameTitle(Ranked ranked, Func<Candidate, double> value)
    {
        var sum = 0.0;
        foreach (var candidate in ranked.Candidates)
            if (IsOfFirst(ranked, candidate))
                sum += value(candidate);
        return sum;
    }

    private static bool IsOfFirst(Ranked ranked, Candidate candidate)
    {
        var first = ranked.Candidates[0];
        return candidate == first || first.Entry.Chunk.Title.Length > 0 && candidate.Entry.Chunk.Title == first.Entry.Chunk.Title;
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

    /// <summary>The stems of the first passage as a share of what a passage with each of them once would have.</summary>
    private static double Words(QuestionPlan plan, Candidate first) => Share(first.Stems, plan.Stems.Sum(stem => stem.Weight * stem.Idf));

    /// <summary>The same of stems and of 4-grams, and its unit most like the question.</summary>
    private static double TopicOf(QuestionPlan plan, Candidate first) =>
        (Words(plan, first)
            + Share(first.Grams, plan.Grams.Sum(gram => gram.Weight * gram.Idf))
            + LikenessShare * first.UnitLikeness)
        / TopicParts;

    private static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
