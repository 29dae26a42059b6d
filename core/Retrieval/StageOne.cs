namespace Support.Retrieval;

/// <summary>The first ranking, over every chunk: stems and 4-grams, each divided by its greatest score.</summary>
public static class StageOne
{
    /// <summary>How many go on to <see cref="StageTwo"/>: the answer is among 50 for 96 of 100 questions.</summary>
    public const int Candidates = 50;

    private const double StemShare = .6;

    public static double Score(double stems, double greatestStems, double grams, double greatestGrams) =>
        StemShare * Share(stems, greatestStems) + (1 - StemShare) * Share(grams, greatestGrams);

    private static double Share(double score, double greatest) => greatest > 0 ? score / greatest : 0;
}
