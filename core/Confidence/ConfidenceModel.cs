using System.Text.Json;

namespace Support.Confidence;

/// <summary>
/// How likely the first passage answers the question: a logistic over <see cref="ConfidenceFeatures"/>, behind a gate. Right and wrong
/// answers weighed the same when it was fitted, so .5 means "as usual among rights as among wrongs", not "right half of the time":
/// a tenant with labels of its own gets a percentage. The numbers are in <c>Data/weights.json</c>, which <c>train-confidence</c> makes.
/// </summary>
public static class ConfidenceModel
{
    /// <summary>From here on the gate is open: few questions on a known topic are below, few on a foreign one above. See docs/confidence.md.</summary>
    internal const double OpenTopic = .3;

    /// <summary>Of a question most of whose words stand nowhere in the documents ("elephants") no passage is the answer, however well the rest of it fits.</summary>
    internal const double OpenKnown = .55;

    // A gate that is shut takes everything, in log-odds without end; more than this says nothing more to anybody.
    private const double ShutGate = -6;

    internal const double Clip = 3;
    internal static readonly double Intercept;
    internal static readonly double[] Mean;
    internal static readonly double[] Deviation;
    internal static readonly double[] Coefficient;

    static ConfidenceModel()
    {
        using var data = typeof(ConfidenceModel).Assembly.GetManifestResourceStream("Support.Confidence.Data.weights.json")!;
        using var json = JsonDocument.Parse(data);
        var features = ConfidenceFeatures.Weighed.Select(name => json.RootElement.GetProperty("features").GetProperty(name)).ToList();
        Intercept = json.RootElement.GetProperty("intercept").GetDouble();
        Mean = Read("mean");
        Deviation = Read("deviation");
        Coefficient = Read("coefficient");

        double[] Read(string number) => [.. features.Select(feature => feature.GetProperty(number).GetDouble())];
    }

    /// <summary>From 0 to 1.</summary>
    public static double Confidence(ConfidenceFeatures features)
    {
        if (!features.IsJudged)
            return 0;
        var z = Intercept;
        for (var i = 0; i < Coefficient.Length; i++)
            z += Share(i, features.Values[i]);
        return Gate(features.Values) / (1 + Math.Exp(-z));
    }

    /// <summary>
    /// What each feature adds to z, or takes, against its mean; for the gates what they take of the log-odds in the end, of which the coverage has a part only when it is 0. By name; empty when nothing was judged.
    /// </summary>
    public static IReadOnlyDictionary<string, double> Shares(ConfidenceFeatures features)
    {
        var shares = new Dictionary<string, double>(StringComparer.Ordinal);
        if (!features.IsJudged)
            return shares;
        var z = Intercept;
        for (var i = 0; i < Coefficient.Length; i++)
            z += shares[ConfidenceFeatures.Weighed[i]] = Share(i, features.Values[i]);
        var confidence = Confidence(features);
        var isCovered = features.Values[ConfidenceFeatures.CoverageAt] > 0;
        shares[ConfidenceFeatures.Coverage] = isCovered ? 0 : ShutGate;
        // What the gate took goes to the part that is more shut.
        var taken = !isCovered || Gate(features.Values) >= 1 ? 0 : Math.Max(ShutGate, Math.Log(confidence / (1 - confidence)) - z);
        var byTopic = Open(features.Values[ConfidenceFeatures.TopicAt], OpenTopic) <= Open(features.Values[ConfidenceFeatures.KnownAt], OpenKnown);
        shares[ConfidenceFeatures.Topic] = byTopic ? taken : 0;
        shares[ConfidenceFeatures.Known] = byTopic ? 0 : taken;
        return shares;
    }

    private static double Share(int feature, double value) => Coefficient[feature] * Math.Clamp((value - Mean[feature]) / Deviation[feature], -Clip, Clip);

    /// <summary>What the logistic is multiplied with: from 0 for a question that shares nothing with its first passage, or whose words are unknown, to 1.</summary>
    /// <param name="features">As <see cref="ConfidenceFeatures.Values"/> has them.</param>
    public static double Gate(IReadOnlyList<double> features) =>
        // A passage without one of the words asked about is no answer, however near its letters come.
        features[ConfidenceFeatures.CoverageAt] <= 0 ? 0 : Open(features[ConfidenceFeatures.TopicAt], OpenTopic) * Open(features[ConfidenceFeatures.KnownAt], OpenKnown);

    private static double Open(double value, double open) => Math.Clamp(value / open, 0, 1);
}
