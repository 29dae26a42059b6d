namespace Support.Confidence;

/// <summary>How likely the first passage answers the question: a logistic over <see cref="ConfidenceFeatures"/>.</summary>
public static class ConfidenceModel
{
    private const double Clip = 3;
    private const double Intercept = 0;
    private static readonly double[] Mean = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private static readonly double[] Deviation = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
    private static readonly double[] Coefficient = [0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1];

    /// <summary>From 0 to 1.</summary>
    public static double Confidence(ConfidenceFeatures features)
    {
        if (!features.IsJudged)
            return 0;
        var z = Intercept;
        for (var i = 0; i < Coefficient.Length; i++)
            z += Coefficient[i] * Math.Clamp((features.Values[i] - Mean[i]) / Deviation[i], -Clip, Clip);
        return 1 / (1 + Math.Exp(-z));
    }
}
