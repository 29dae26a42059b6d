namespace Support.Retrieval;

/// <summary>The second ranking, over the candidates: word order, nearness, and the form of the answer. Fixed by hand; learned weights did not transfer.</summary>
public static class StageTwo
{
    public const int NarrowWindow = 8;
    public const int WideWindow = 16;

    private const double PairShare = .1;
    private const double NarrowShare = .2;
    private const double WideShare = .2;
    private const double YesNoShare = .15;
    private const double LengthShare = .03;

    private const double PairB = .75;
    private const double MostLength = 1.5;
    private const double SmoothLength = 5;
    private const double EvenSpread = .55;
    private const double UnevenSpread = .5;

    /// <param name="pairs">BM25 over pairs of stems, as a share of the best candidate's.</param>
    /// <param name="answersYesNo">The question asks for yes or no, and the text begins with it.</param>
    /// <param name="length">See <see cref="Length"/>.</param>
    public static double Score(double stageOne, double pairs, double narrow, double wide, bool answersYesNo, double length) =>
        stageOne + PairShare * pairs + NarrowShare * narrow + WideShare * wide + (answersYesNo ? YesNoShare : 0) - LengthShare * length;

    /// <summary>BM25 of one pair with k1 = 1; <paramref name="length"/> in pairs.</summary>
    public static double Pair(double idf, int times, double length, double average) =>
        idf * 2 * times / (times + Bm25F.Norm(PairB, length, average));

    /// <summary>How much longer than usual a text is. Nothing where chunks are of even size; counts in full where FAQ answers stand among pages.</summary>
    public static double Length(int words, double median, double spread) =>
        Math.Clamp(Math.Log((words + SmoothLength) / (median + SmoothLength)), -MostLength, MostLength)
        * Math.Clamp((spread - EvenSpread) / UnevenSpread, 0, 1);
}
