namespace Support.Confidence;

/// <summary>
/// How likely the first passage answers the question: a logistic over <see cref="ConfidenceFeatures"/>, behind a gate. Right and wrong
/// answers weighed the same when it was fitted, so .5 means "as usual among rights as among wrongs", not "right half of the time":
/// a tenant with labels of its own fits its own.
/// </summary>
public static class ConfidenceModel
{
    /// <summary>A passage that says less than this part of what the question is about cannot be trusted in full, whatever else speaks for it.</summary>
    private const double FullCoverage = .4;

    // A gate that is shut takes everything, in log-odds without end; more than this says nothing more to anybody.
    private const double ShutGate = -6;

    // Fitted by the benchmark's "fit" on the ten public sets that docs/retrieval.md lists, which also gives the AUROC of each held out.
    private const double Clip = 3;
    private const double Intercept = -0.0164;
    private static readonly double[] Mean = [0.9919, 1.0019, 0.4751, 0.3031, 0.2498, 0.4311, 0.5093, 0.0581, 0.049, 0.108, 0.2313, 0.8543];
    private static readonly double[] Deviation = [0.4582, 0.4591, 0.3404, 0.2287, 0.2746, 0.2636, 0.173, 0.1603, 0.1564, 0.1863, 0.1964, 0.2785];
    private static readonly double[] Coefficient = [0.1463, 0.1227, 0.2224, 0.195, -0.2991, 0.0368, -0.1052, 0.2019, -0.0609, 0.1767, 0.0606, 0.1844];

    /// <summary>From 0 to 1.</summary>
    public static double Confidence(ConfidenceFeatures features)
    {
        if (!features.IsJudged)
            return 0;
        var z = Intercept;
        for (var i = 0; i < Coefficient.Length; i++)
            z += Share(i, features.Values[i]);
        return Gate(features.Values[^1]) / (1 + Math.Exp(-z));
    }

    /// <summary>
    /// What each feature adds to z, or takes, against its mean; for the gate what it takes of the log-odds in the end. By name; empty when nothing was judged.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Shares(ConfidenceFeatures features)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!features.IsJudged)
            return shares;
        var z = Intercept;
        for (var i = 0; i < Coefficient.Length; i++)
            z += shares[ConfidenceFeatures.Names[i]] = Share(i, features.Values[i]);
        var confidence = Confidence(features);
        shares[ConfidenceFeatures.Coverage] = Gate(features.Values[^1]) >= 1 ? 0 : Math.Max(ShutGate, Math.Log(confidence / (1 - confidence)) - z);
        return shares;
    }

    private static double Share(int feature, double value) => Coefficient[feature] * Math.Clamp((value - Mean[feature]) / Deviation[feature], -Clip, Clip);

    /// <summary>From 0 for a passage without a content word of the question to 1.</summary>
    public static double Gate(double coverage) => Math.Min(1, coverage / FullCoverage);
}
