namespace Support.Confidence;

/// <summary>How likely the first passage answers the question: a logistic over <see cref="ConfidenceFeatures"/>.</summary>
public static class ConfidenceModel
{
    private const double Clip = 3;
    private const double Intercept = -0.0027;
    private static readonly double[] Mean = [0.9766, 0.9905, 0.4747, 0.7204, 0.5456, 0.302, 0.448, 0.3065, 0.43, 0.5163, 0.7216, 0.0572];
    private static readonly double[] Deviation = [0.4633, 0.4625, 0.3411, 0.2636, 0.2421, 0.2285, 0.2157, 0.2925, 0.2636, 0.178, 0.2064, 0.1585];
    private static readonly double[] Coefficient = [0.1421, 0.1275, 0.2335, 0.0159, 0.1189, 0.2755, 0.0606, -0.2842, 0.1093, -0.1154, 0.0251, 0.2381];

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
