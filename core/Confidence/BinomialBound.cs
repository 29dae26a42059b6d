using MathNet.Numerics.Distributions;

namespace Support.Confidence;

/// <summary>What a count of wrong answers says of the rate behind it.</summary>
public static class BinomialBound
{
    /// <summary>P(X ≤ wrong) for X ~ Binomial(answered, rate): how likely so few wrong ones are if the rate were that.</summary>
    public static double AtMost(int wrong, int answered, double rate) => wrong >= answered ? 1 : Binomial.CDF(rate, answered, wrong);

    /// <summary>
    /// The greatest rate under which so few wrong ones still have a chance of <paramref name="risk"/>: the one-sided bound of Clopper and Pearson
    /// (Biometrika 26, 1934), the (1 − risk) quantile of Beta(wrong + 1, answered − wrong).
    /// </summary>
    public static double Upper(int wrong, int answered, double risk) => wrong >= answered ? 1 : Beta.InvCDF(wrong + 1, answered - wrong, 1 - risk);
}
