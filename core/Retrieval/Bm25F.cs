namespace Support.Retrieval;

/// <summary>
/// BM25 over two fields (Robertson, Zaragoza: The Probabilistic Relevance Framework, 2009): each field's count is normalized by
/// its own length, then they are added and saturated together. k1 is 1, and saturation runs from 0 to 2.
/// </summary>
public static class Bm25F
{
    /// <summary>Titles differ in length for a reason: a long one is a specific one.</summary>
    public const double TitleB = .75;

    // Where answers of a line stand beside long pages (σ near 1), length must be paid in full; among even chunks less is better.
    private const double LeastBodyB = .75;
    private const double BodyBBase = .65;
    private const double BodyBPerSpread = .35;

    /// <summary>A title that is a question is the best match a question can find.</summary>
    public const double QuestionTitleWeight = 4;
    public const double TitleWeight = 1.5;

    // Without a floor an empty field would divide by nearly nothing when b is 1.
    private const double LeastNorm = .05;

    /// <param name="spread">Standard deviation of ln(1 + body words) over chunks.</param>
    public static double BodyB(double spread) => Math.Clamp(BodyBBase + BodyBPerSpread * spread, LeastBodyB, 1);

    /// <param name="average">Over chunks where the field is not empty.</param>
    public static double Norm(double b, double length, double average) => Math.Max(LeastNorm, 1 - b + b * (average > 0 ? length / average : 1));

    public static double Saturation(double x) => 2 * x / (1 + x);

    public static double Idf(double chunks, double containing) => Math.Log(1 + (chunks - containing + .5) / (containing + .5));
}
