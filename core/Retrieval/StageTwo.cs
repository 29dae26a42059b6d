namespace Support.Retrieval;

/// <summary>The second ranking, over the candidates: word order, nearness, and the form of the answer. Fixed by hand; learned weights did not transfer.</summary>
public static class StageTwo
{
    public const int NarrowWindow = 8;
    public const int WideWindow = 16;

    // Less than in stage one: what stands close together, or in one sentence, counts for more than what stands somewhere.
    private const double StemShare = .45;
    private const double GramShare = .3;
    private const double PairShare = .1;
    private const double TripleShare = .15;
    private const double NarrowShare = .15;
    private const double WideShare = .2;

    // By words that tell one candidate from another: the fifty often share the subject of a question, and differ in what is asked of it.
    private const double TellingShare = .2;
    private const double TitleShare = .15;
    private const double SentenceShare = .3;
    private const double NumberShare = .2;
    private const double AgreementShare = .1;

    // A long passage has every word somewhere. Nearness has been counted; being there alone speaks against it.
    private const double ScatteredShare = .25;
    private const double YesNoShare = .15;
    private const double LengthShare = .03;

    /// <summary>What the words of a question bring to a passage that has all of them in one sentence: stems, 4-grams, three windows and that sentence.</summary>
    internal const double OfWords = StemShare + GramShare + NarrowShare + WideShare + TellingShare + SentenceShare;

    private const double PairB = .75;
    private const double MostLength = 1.5;
    private const double SmoothLength = 5;
    private const double EvenSpread = .55;
    private const double UnevenSpread = .5;

    /// <summary>
    /// .45·S/max S + .3·C/max C + .1·pairs + .15·triples + .15·narrow + .2·wide + .2·telling + .15·title + (.3·sentence + .2·number)·even + .1·agreement − .25·coverage
    /// + .15·yes-no − .03·length; see <see cref="Candidate"/> for the parts. What each brings on which set: docs/retrieval.md.
    /// </summary>
    internal static double Score(Candidate candidate, double greatestStems, double greatestGrams, bool asksYesOrNo, CollectionStatistics all) =>
        StemShare * Share(candidate.Stems, greatestStems) + GramShare * Share(candidate.Grams, greatestGrams)
        + PairShare * candidate.Pairs + TripleShare * candidate.Triples
        + NarrowShare * candidate.Narrow + WideShare * candidate.Wide + TellingShare * candidate.Telling
        + TitleShare * candidate.TitleLikeness
        + (SentenceShare * candidate.SentenceCoverage + NumberShare * candidate.NumberCoverage) * (1 - Unevenness(all.Spread))
        + AgreementShare * candidate.Agreement - ScatteredShare * candidate.Coverage
        + (asksYesOrNo && candidate.Entry.SaysYesOrNo ? YesNoShare : 0)
        - LengthShare * Length(candidate.Entry.BodyWords, all.MedianBodyWords, all.Spread);

    /// <summary>BM25 of one pair with k1 = 1; <paramref name="length"/> in pairs.</summary>
    public static double Pair(double idf, int times, double length, double average) =>
        idf * 2 * times / (times + Bm25F.Norm(PairB, length, average));

    /// <summary>How much longer than usual a text is. Nothing where chunks are of even size; counts in full where FAQ answers stand among pages.</summary>
    public static double Length(int words, double median, double spread) =>
        Math.Clamp(Math.Log((words + SmoothLength) / (median + SmoothLength)), -MostLength, MostLength)
        * Unevenness(spread);

    /// <summary>0 where chunks are of like length, 1 where answers of a line stand among pages. Among pages the best sentence is often a step of some instruction.</summary>
    private static double Unevenness(double spread) => Math.Clamp((spread - EvenSpread) / UnevenSpread, 0, 1);

    private static double Share(double score, double greatest) => greatest > 0 ? score / greatest : 0;
}
