namespace Support.Retrieval;

/// <summary>What the formulas need to know of all live chunks together. Averages are over chunks where the field is not empty.</summary>
/// <param name="Spread">Standard deviation of ln(1 + body words).</param>
internal sealed record CollectionStatistics(
    int Chunks,
    double TitleWords,
    double BodyWords,
    double TitleGrams,
    double BodyGrams,
    double Pairs,
    double Spread,
    double MedianBodyWords);
