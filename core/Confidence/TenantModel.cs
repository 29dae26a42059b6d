using Support.Retrieval;

namespace Support.Confidence;

/// <summary>
/// How a tenant's own labels correct the model without labels: logit p = logit(confidence) + shift + Σ changeⱼ · zⱼ, with zⱼ the features
/// standardized and clipped as <see cref="ConfidenceModel"/> does. It tells people a percentage. It decides nothing: it has seen the labels
/// that the threshold is tested on.
/// </summary>
/// <param name="Shift">Of the intercept.</param>
/// <param name="Changes">Of the weights, by the name of the feature.</param>
/// <param name="Labels">How many it was fitted on.</param>
/// <param name="Mark">See <see cref="ModelMark"/>.</param>
public sealed record TenantModel(double Shift, IReadOnlyDictionary<string, double> Changes, int Labels, string Mark)
{
    // The gate and the logistic can say "never" or "always", which no correction moves.
    private const double Surest = .999;

    /// <summary>How likely the first passage answers the question, from 0 to 1; null when there is none, or the desk's model has changed since.</summary>
    public double? Probability(Retrieved found)
    {
        return found.Passages.Count == 0 || found.Features.Count == 0 || Mark != ModelMark.Current ? null : Probability(found.Features, found.Confidence);
    }

    /// <param name="features">By name.</param>
    /// <param name="confidence">Of the model without labels.</param>
    internal double Probability(IReadOnlyDictionary<string, double> features, double confidence)
    {
        var z = Offset(confidence) + Shift;
        var values = Standardized(features);
        for (var i = 0; i < values.Length; i++)
            z += Changes.GetValueOrDefault(Weighed[i]) * values[i];
        return 1 / (1 + Math.Exp(-z));
    }

    /// <summary>The model without labels, as the log of its odds.</summary>
    internal static double Offset(double confidence)
    {
        var sure = Math.Clamp(confidence, 1 - Surest, Surest);
        return Math.Log(sure / (1 - sure));
    }

    /// <summary>Ranking's features, then a reranking model's verdicts.</summary>
    internal static readonly IReadOnlyList<string> Weighed = [.. ConfidenceFeatures.Weighed, .. VerdictFeatures.Names];

    /// <summary>In the order of <see cref="Weighed"/>; one that is not given counts as usual.</summary>
    internal static double[] Standardized(IReadOnlyDictionary<string, double> features)
    {
        var values = new double[Weighed.Count];
        for (var i = 0; i < values.Length; i++)
            if (features.TryGetValue(Weighed[i], out var value))
                values[i] = i < ConfidenceModel.Mean.Length ? Math.Clamp((value - ConfidenceModel.Mean[i]) / ConfidenceModel.Deviation[i], -ConfidenceModel.Clip, ConfidenceModel.Clip) : value;
        return values;
    }
}
